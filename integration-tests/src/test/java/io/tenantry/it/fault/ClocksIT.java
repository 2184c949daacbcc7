package io.tenantry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.PublishedRevocations;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private ShiftedClock ofConsumer;
    private Process redisProcess;
    private URI redisUri;
    private Stack stack;
    private TestServer server;
    private TestRealm realm;
    private TestClient app;
    private TestUser alice;
    private Tokens revoked;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        ofKeycloak = ShiftedClock.in(directory, "keycloak");
        ofRedis = ShiftedClock.in(directory, "redis");
        ofConsumer = ShiftedClock.in(directory, "consumer");
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
        app = realm.publicClient("app");
        alice = realm.user("alice");
        revoked = app.password(alice, "openid");
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
        PublishedRevocations.await(
                "a watermark that lies ahead",
                () -> PublishedRevocations.of(realm)
                        .watermark()
                        .isAfter(Instant.now().plusSeconds(60)));
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
        assertThat(realm.revocationStatus().getList("notices").toString())
                .contains("The clock of this node has jumped");
        Tokens later = app.password(alice, "openid");
        app.logout(later);
        assertThat(PublishedRevocations.of(realm).cutoff(session(later)))
                .as("known with the answer")
                .isPresent();
        awaitWatermark();
        aNewConsumerRefuses(revoked);
        aNewConsumerRefuses(later);
    }

    @Test
    void aNodeWhoseClockJumpsAnHourAheadPurgesNothing() throws Exception {
        Ledger ledger = new Ledger(stack.postgres(), realm.name());
        int rows = ledger.rows().size();
        ofKeycloak.shift(Duration.ofHours(1));
        awaitPurge();
        ofKeycloak.shift(Duration.ZERO);
        assertThat(ledger.rows()).hasSize(rows);
        awaitWatermark();
        String before = ledger.epoch();
        realm.admin().post("/tenantry/revocations/republish").then().statusCode(204);
        PublishedRevocations.await("the republish", () -> !ledger.epoch().equals(before));
        aNewConsumerRefuses(revoked);
        assertThat(server.keycloak().log()).contains("The clock of this node has jumped");
    }

    @Test
    void aRedisWhoseClockJumpsAnHourAheadKeepsWhatIsLive() throws Exception {
        PublishedRevocations published = PublishedRevocations.of(realm);
        ofRedis.shift(Duration.ofHours(1));
        PublishedRevocations.await(
                "the end of the cutoff key, which expires by that clock alone",
                () -> published.cutoff(session(revoked)).isEmpty());
        // Each has looked for what has expired
        awaitWatermark();
        awaitWatermark();
        assertThat(published.selectors()).contains(session(revoked));
        ofRedis.shift(Duration.ZERO);
        aNewConsumerRefuses(revoked);
        PublishedRevocations.await(
                "the cutoff key, published anew",
                () -> published.cutoff(session(revoked)).isPresent());
        awaitWatermark();
        assertThat(realm.revocationStatus().getString("problem")).isNull();
    }

    @Test
    void aConsumerWhoseClockJumpsAnHourAheadForgetsNothing() throws Exception {
        try (ConsumerProcess consumer =
                ConsumerProcess.start(redisUri, realm.name(), issuedAt(revoked), session(revoked), ofConsumer)) {
            PublishedRevocations.await(
                    "a consumer that is fresh", () -> consumer.ask().fresh());
            ofConsumer.shift(Duration.ofHours(1));
            PublishedRevocations.await("one that grows stale", () -> {
                ConsumerProcess.Said said = consumer.ask();
                assertThat(said.answer()).isNotEqualTo("Trusted");
                return !said.fresh();
            });
            ofConsumer.shift(Duration.ZERO);
            PublishedRevocations.await("one that is fresh again", () -> {
                ConsumerProcess.Said said = consumer.ask();
                assertThat(said.answer()).isNotEqualTo("Trusted");
                return said.fresh();
            });
            assertThat(consumer.ask().answer()).isEqualTo("Revoked");
        }
    }

    @Test
    void aNodeAheadThatDiesDelaysNoneOfItsRows() throws Exception {
        ofKeycloak.shift(Duration.ofMinutes(1));
        Tokens late = app.password(alice, "openid");
        signal("STOP");
        try {
            app.logout(late);
            server.keycloak().kill();
        } finally {
            signal("CONT");
        }
        assertThat(new Ledger(stack.postgres(), realm.name()).rows())
                .filteredOn(row -> row.selector().equals(session(late)))
                .singleElement()
                .satisfies(row -> assertThat(row.published()).isFalse());
        ofKeycloak.shift(Duration.ZERO);
        server.keycloak().start();
        PublishedRevocations.await(
                "its row",
                () -> PublishedRevocations.of(realm).cutoff(session(late)).isPresent());
        awaitWatermark();
        aNewConsumerRefuses(late);
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
        aNewConsumerRefuses(revoked);
    }

    @Test
    void aNotBeforeThatLiesAheadIsGoneOnceItIsTakenBack() throws Exception {
        PublishedRevocations published = PublishedRevocations.of(realm);
        int ahead = (int) Instant.now().plus(Duration.ofDays(3 * 365)).getEpochSecond();
        realm.update(Map.of("notBefore", ahead));
        Set<Instant> cutoffs = new HashSet<>();
        PublishedRevocations.await("a cutoff that is repeated", () -> {
            published.cutoff(Selector.realm()).ifPresent(cutoff -> {
                assertThat(cutoff).isBefore(Instant.now().plusMillis(2_500));
                cutoffs.add(cutoff);
            });
            return cutoffs.size() == 4;
        });
        realm.update(Map.of("notBefore", 0));
        Tokens tokens = signedInPast(Selector.realm());
        assertThat(published.cutoff(Selector.realm()))
                .hasValueSatisfying(cutoff -> assertThat(cutoff).isBefore(issuedAt(tokens)));
        assertThat(realm.revocationStatus().getInt("pending")).isZero();
    }

    @Test
    void aCutoffThatAnEarlierVersionLeftAheadIsTakenBackByAnOperator() throws Exception {
        long now = Instant.now().toEpochMilli();
        long ahead = now + Duration.ofDays(1_000).toMillis();
        try (Connection connection = connect();
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
        Tokens tokens = signedInPast(Selector.realm());
        try (RevocationReplica replica = RevocationReplica.start(
                ReplicaSettings.forRealm(redisUri, realm.name()).build())) {
            assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();
            assertThat(replica.check(new TokenIdentity(issuedAt(tokens), false, List.of(Selector.realm()))))
                    .isInstanceOf(Answer.Trusted.class);
        }
        assertThat(realm.admin().delete("/tenantry/revocations/leftover").statusCode())
                .isEqualTo(409);
    }

    /** A sign-in in a second after the selector's cutoff, once that stands still. */
    private Tokens signedInPast(Selector selector) throws InterruptedException {
        PublishedRevocations.await(
                "the time after a cutoff",
                () -> PublishedRevocations.of(realm)
                        .cutoff(selector)
                        .orElseThrow()
                        .isBefore(Instant.now().minusMillis(1_000)));
        return app.password(alice, "openid");
    }

    private void aNewConsumerRefuses(Tokens tokens) throws InterruptedException {
        try (RevocationReplica replica = RevocationReplica.start(
                ReplicaSettings.forRealm(redisUri, realm.name()).build())) {
            assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();
            assertThat(replica.check(new TokenIdentity(issuedAt(tokens), false, List.of(session(tokens)))))
                    .isInstanceOf(Answer.Revoked.class);
        }
    }

    /** Waits until what is purged once in ten seconds has had its turn: with it goes what this takes away. */
    private void awaitPurge() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String noted = " from tenantry_lifetime where realm_id = (select id from realm where name = '"
                    + realm.name() + "')";
            statement.execute("delete" + noted);
            PublishedRevocations.await("the lifetimes, noted just before the purge", () -> {
                try (ResultSet count = statement.executeQuery("select count(*)" + noted)) {
                    return count.next() && count.getInt(1) == 1;
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        awaitAnyWatermark();
    }

    /** The next one, wherever it lies. */
    private void awaitAnyWatermark() throws InterruptedException {
        Instant before = PublishedRevocations.of(realm).watermark();
        PublishedRevocations.await(
                "the next watermark",
                () -> !PublishedRevocations.of(realm).watermark().equals(before));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(stack.postgres().jdbcUrl(), "postgres", "postgres");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(redisProcess.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private static Selector session(Tokens tokens) {
        return Selector.sid(Ending.claim(tokens, "sid"));
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }

    private void awaitWatermark() throws InterruptedException {
        Instant now = Instant.now();
        PublishedRevocations.await("a watermark", () -> {
            Instant at = PublishedRevocations.of(realm).watermark();
            return at.isAfter(now) && at.isBefore(Instant.now().plusSeconds(3));
        });
    }
}
