package io.tenantry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.tenantry.contract.Selector;
import io.tenantry.it.Metrics;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.PublishedRevocations;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.Tokens;
import io.tenantry.stack.Database;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import io.tenantry.verifier.RevocationCheck.Answer;
import io.tenantry.verifier.TokenIdentity;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.embedded.core.ExecutableProvider;

/** The clock of one process jumps and comes back. Nothing that was revoked is accepted afterwards, and all is well soon. */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClocksIT {
    private ShiftedClock ofKeycloak;
    private ShiftedClock ofRedis;
    private Process redisProcess;
    private URI redisUri;
    private Stack stack;
    private TestServer server;
    private TestRealm realm;
    private Tokens revoked;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        ofKeycloak = ShiftedClock.in(directory, "keycloak");
        ofRedis = ShiftedClock.in(directory, "redis");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        redisUri = URI.create("redis://127.0.0.1:" + port);
        ProcessBuilder redis = new ProcessBuilder(List.of(
                        ExecutableProvider.newJarResourceProvider(directory.toFile())
                                .get()
                                .getPath(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        directory.toString(),
                        "--save",
                        ""))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile());
        redis.environment().putAll(ofRedis.environment());
        redisProcess = redis.start();
        StackSettings settings = new StackSettings().database(Database.POSTGRES).redisUri(redisUri);
        ofKeycloak.environment().forEach(settings::environment);
        stack = settings.start();
        server = new TestServer(stack);
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
        redisProcess.destroy();
        redisProcess.waitFor(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void revoke() throws InterruptedException {
        realm = server.createRealm(Map.of("accessTokenLifespan", 1_800));
        TestClient app = realm.publicClient("app");
        revoked = app.password(realm.user("alice"), "openid");
        app.logout(revoked);
        awaitWatermark();
    }

    @AfterEach
    void finish() throws IOException {
        ofKeycloak.shift(Duration.ZERO);
        ofRedis.shift(Duration.ZERO);
        realm.close();
    }

    @Test
    void aNodeThatWasAheadDelaysNothingOnceItIsRight() throws Exception {
        ofKeycloak.shift(Duration.ofSeconds(100));
        Thread.sleep(6_000);
        assertThat(PublishedRevocations.of(realm).watermark())
                .isAfter(Instant.now().plusSeconds(60));
        ofKeycloak.shift(Duration.ZERO);
        long since = System.nanoTime();
        PublishedRevocations.await(
                "a watermark that is right",
                Duration.ofSeconds(10),
                () -> Math.abs(Duration.between(PublishedRevocations.of(realm).watermark(), Instant.now())
                                .toSeconds())
                        <= 3);
        System.out.printf(
                "A node 100 s ahead that is corrected: the watermark is right after %d ms%n",
                (System.nanoTime() - since) / 1_000_000);
        aNewConsumerRefuses();
    }

    @Test
    void aNodeWhoseClockJumpsAnHourAheadPurgesNothing() throws Exception {
        Ledger ledger = new Ledger(stack.postgres(), realm.name());
        int rows = ledger.rows().size();
        ofKeycloak.shift(Duration.ofHours(1));
        Thread.sleep(14_000);
        ofKeycloak.shift(Duration.ZERO);
        assertThat(ledger.rows()).hasSize(rows);
        awaitWatermark();
        String before = ledger.epoch();
        realm.admin().post("/tenantry/revocations/republish").then().statusCode(204);
        PublishedRevocations.await("the republish", () -> !ledger.epoch().equals(before));
        aNewConsumerRefuses();
        assertThat(server.keycloak().log()).contains("The clock of this node has jumped");
    }

    @Test
    void aRedisWhoseClockJumpsAnHourAheadKeepsWhatIsLive() throws Exception {
        ofRedis.shift(Duration.ofHours(1));
        Thread.sleep(14_000);
        ofRedis.shift(Duration.ZERO);
        aNewConsumerRefuses();
        Selector session = Selector.sid(Ending.claim(revoked, "sid"));
        PublishedRevocations.await(
                "the cutoff key, which expired by that clock alone",
                () -> PublishedRevocations.of(realm).cutoff(session).isPresent());
        awaitWatermark();
        assertThat(status().getString("problem")).isNull();
    }

    @Test
    void aStreamThatLostWhatTheTableHasIsNoticedByCounting() throws Exception {
        try (RedisClient redis = RedisClient.create(redisUri)) {
            String stream = realm.redisKeys().stream();
            String epoch = redis.get(realm.redisKeys().epoch());
            redis.xtrim(stream, 1, false);
            redis.hset(realm.redisKeys().watermark(), "length", Long.toString(redis.xlen(stream)));
            PublishedRevocations.await(
                    "the rebuild",
                    () -> !epoch.equals(redis.get(realm.redisKeys().epoch())));
        }
        aNewConsumerRefuses();
    }

    @Test
    void aNotBeforeThatLiesAheadIsGoneOnceItIsTakenBack() throws Exception {
        TestClient app = realm.publicClient("ahead");
        int ahead = (int) Instant.now().plus(Duration.ofDays(3 * 365)).getEpochSecond();
        realm.update(Map.of("notBefore", ahead));
        Instant until = Instant.now().plusSeconds(5);
        while (Instant.now().isBefore(until)) {
            Thread.sleep(500);
            assertThat(PublishedRevocations.of(realm).cutoff(Selector.realm()))
                    .hasValueSatisfying(cutoff -> assertThat(cutoff)
                            .isBetween(
                                    Instant.now().minusMillis(500),
                                    Instant.now().plusMillis(2_500)));
        }
        realm.update(Map.of("notBefore", 0));
        Thread.sleep(4_500);
        Tokens tokens = app.password(realm.user("bob"), "openid");
        assertThat(PublishedRevocations.of(realm).cutoff(Selector.realm()))
                .hasValueSatisfying(cutoff -> assertThat(cutoff).isBefore(issuedAt(tokens)));
        assertThat(Metrics.of(stack.keycloak()).value("tenantry_revocations_pending"))
                .isZero();
    }

    @Test
    void aCutoffThatAnEarlierVersionLeftAheadIsTakenBackByAnOperator() throws Exception {
        long now = Instant.now().toEpochMilli();
        long ahead = now + Duration.ofDays(1_000).toMillis();
        try (Connection connection =
                        DriverManager.getConnection(stack.postgres().jdbcUrl(), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tenantry_revocation (id, realm, kind, cutoff, expires_at, cause, created_at)"
                    + " values ('leftover', '" + realm.name() + "', 'realm', " + ahead + ", " + (ahead + 60_000)
                    + ", 'not-before', " + now + ")");
        }
        PublishedRevocations published = PublishedRevocations.of(realm);
        PublishedRevocations.await(
                "the leftover",
                () -> published
                        .cutoff(Selector.realm())
                        .filter(cutoff -> cutoff.toEpochMilli() == ahead)
                        .isPresent());
        realm.admin().delete("/tenantry/revocations/leftover").then().statusCode(204);
        PublishedRevocations.await(
                "the cutoff's return to now",
                () -> published
                        .cutoff(Selector.realm())
                        .filter(cutoff -> cutoff.isBefore(Instant.now()))
                        .isPresent());
        Thread.sleep(1_500);
        Tokens tokens = realm.publicClient("later").password(realm.user("carol"), "openid");
        try (RevocationReplica replica = RevocationReplica.start(
                ReplicaSettings.forRealm(redisUri, realm.name()).build())) {
            assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();
            assertThat(replica.check(new TokenIdentity(issuedAt(tokens), false, List.of(Selector.realm()))))
                    .isInstanceOf(Answer.Trusted.class);
        }
        assertThat(realm.admin().delete("/tenantry/revocations/leftover").statusCode())
                .isEqualTo(409);
    }

    private void aNewConsumerRefuses() throws InterruptedException {
        try (RevocationReplica replica = RevocationReplica.start(
                ReplicaSettings.forRealm(redisUri, realm.name()).build())) {
            assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();
            assertThat(replica.check(new TokenIdentity(
                            issuedAt(revoked), false, List.of(Selector.sid(Ending.claim(revoked, "sid"))))))
                    .isInstanceOf(Answer.Revoked.class);
        }
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }

    private JsonPath status() {
        return realm.admin()
                .get("/tenantry/revocations/status")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void awaitWatermark() throws InterruptedException {
        Instant now = Instant.now();
        PublishedRevocations.await("a watermark", () -> {
            Instant at = PublishedRevocations.of(realm).watermark();
            return at.isAfter(now) && at.isBefore(Instant.now().plusSeconds(3));
        });
    }
}
