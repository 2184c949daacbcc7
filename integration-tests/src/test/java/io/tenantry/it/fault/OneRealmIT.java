package io.tenantry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Selector;
import io.tenantry.it.Metrics;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/** One realm is damaged; another goes on as if nothing had happened, and the one heals where it is ours to heal. */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneRealmIT {
    private Stack stack;
    private TestServer server;
    private RedisClient redis;
    private TestRealm damaged;
    private TestRealm sound;
    private TestClient app;
    private TestUser alice;

    @BeforeAll
    void start() {
        stack = new StackSettings().database(Database.POSTGRES).start();
        server = new TestServer(stack);
        redis = server.redis();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void prepare() throws InterruptedException {
        damaged = server.createRealm();
        sound = server.createRealm();
        app = damaged.publicClient("app");
        alice = damaged.user("alice");
        awaitWatermark(damaged, Instant.now());
        awaitWatermark(sound, Instant.now());
    }

    @AfterEach
    void finish() {
        damaged.close();
        sound.close();
    }

    @Test
    void entriesThatNobodyCanReadAreTakenOut() throws Exception {
        String stream = damaged.redisKeys().stream();
        for (Map<String, String> stray : List.of(
                Map.of("kind", "device"),
                Map.of("hello", "world"),
                Map.of("kind", "sid", "selector", "x", "cutoff", "abc", "exp", "def"))) {
            redis.xadd(stream, StreamEntryID.NEW_ENTRY, stray);
        }
        otherRealmGoesOn();
        awaitWatermark(damaged, Instant.now());
        PublishedRevocations.await("the strays' end", () -> redis.xlen(stream) == 1);
        assertThat(damaged.revocationStatus().getList("notices").toString()).contains("nobody can read");
        assertThat(Metrics.of(stack.keycloak()).value("tenantry_revocations_strays_total"))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void whateverStandsUnderOurNamesInADamagedRealmIsHealed() throws Exception {
        RedisKeys keys = damaged.redisKeys();
        for (Runnable damage : List.<Runnable>of(
                () -> replace(keys.stream(), "a text"),
                () -> replace(keys.watermark(), "a text"),
                () -> {
                    redis.del(keys.epoch());
                    redis.lpush(keys.epoch(), "a list");
                },
                () -> replace(keys.cutoff(Selector.sub(alice.id())), "abc"))) {
            alice.logout();
            damage.run();
            Tokens tokens = app.password(alice, "openid");
            app.logout(tokens);
            otherRealmGoesOn();
            awaitWatermark(damaged, Instant.now());
            assertThat(PublishedRevocations.of(damaged).cutoff(Selector.sid(Ending.claim(tokens, "sid"))))
                    .isPresent();
            assertThat(PublishedRevocations.of(damaged).cutoff(Selector.sub(alice.id())))
                    .isPresent();
        }
    }

    @Test
    void rowsThatThisVersionCannotReadAreSetAsideAndToldOf() throws Exception {
        insert("device", "d1");
        insert("sid", "a:b:c");
        otherRealmGoesOn();
        awaitWatermark(damaged, Instant.now());
        PublishedRevocations.await(
                "the notice",
                () -> damaged.revocationStatus().getList("notices").toString().contains("2 live rows"));
        assertThat(damaged.revocationStatus().getInt("pending")).isZero();
        assertThat(sound.revocationStatus().getList("notices")).isEmpty();
        assertThat(damaged.admin().get("/tenantry/revocations").statusCode()).isEqualTo(200);
        assertThat(damaged.admin().get("/tenantry/doctor").asString()).contains("revocation-notice");
        assertThat(Metrics.of(stack.keycloak()).value("tenantry_revocations_unreadable"))
                .isEqualTo(2);
        app.logout(app.password(alice, "openid"));
        String epoch = redis.get(damaged.redisKeys().epoch());
        damaged.admin().post("/tenantry/revocations/republish").then().statusCode(204);
        PublishedRevocations.await(
                "the republish",
                () -> !epoch.equals(redis.get(damaged.redisKeys().epoch())));
        awaitWatermark(damaged, Instant.now());
        assertThat(damaged.revocationStatus().getList("notices").toString()).contains("2 live rows");
    }

    @Test
    void anotherInstallationsDataSetIsLeftToItAndBothSaySo() throws Exception {
        RedisKeys keys = damaged.redisKeys();
        // As the other's publisher leaves it, which is as good as ours
        redis.set(keys.epoch(), UUID.randomUUID().toString());
        long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
        String theirs = redis.get(keys.epoch());
        while (System.nanoTime() < end) {
            redis.hset(keys.watermark(), "beat", Long.toString(Instant.now().toEpochMilli()));
            Thread.sleep(200);
        }
        assertThat(redis.get(keys.epoch())).isEqualTo(theirs);
        assertThat(damaged.revocationStatus().getString("problem")).contains("another installation");
        assertThat(redis.hget(keys.watermark(), "rival")).isNotNull();
        assertThat(sound.revocationStatus().getString("problem")).isNull();
        otherRealmGoesOn();
        // The other has gone: its data set is taken over
        awaitWatermark(damaged, Instant.now());
        assertThat(redis.get(keys.epoch())).isNotEqualTo(theirs);
        assertThat(damaged.revocationStatus().getString("problem")).isNull();
    }

    private void otherRealmGoesOn() throws Exception {
        TestClient client = sound.publicClient("app-" + UUID.randomUUID());
        Tokens tokens =
                client.password(sound.user("bob-" + UUID.randomUUID().toString().substring(0, 8)), "openid");
        client.logout(tokens);
        assertThat(PublishedRevocations.of(sound).cutoff(Selector.sid(Ending.claim(tokens, "sid"))))
                .as("known with the answer")
                .isPresent();
        List<Long> ages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Thread.sleep(500);
            ages.add(Duration.between(PublishedRevocations.of(sound).watermark(), Instant.now())
                    .toMillis());
        }
        assertThat(ages).allMatch(age -> age < 4_000);
        assertThat(sound.revocationStatus().getString("problem")).isNull();
    }

    private void insert(String kind, String selector) throws SQLException {
        long now = Instant.now().toEpochMilli();
        try (Connection connection =
                        DriverManager.getConnection(stack.postgres().jdbcUrl(), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tenantry_revocation (id, realm, kind, selector, cutoff, expires_at, cause,"
                    + " created_at) values ('" + UUID.randomUUID() + "', '" + damaged.name() + "', '" + kind + "', '"
                    + selector + "', " + now + ", " + (now + 600_000) + ", 'x', " + now + ")");
        }
    }

    private void replace(String key, String value) {
        redis.del(key);
        redis.set(key, value);
    }

    private void awaitWatermark(TestRealm realm, Instant after) throws InterruptedException {
        PublishedRevocations.await("a watermark of realm " + realm.name(), () -> {
            String at = realm.revocationStatus().getString("watermark");
            return at != null && Instant.parse(at).isAfter(after);
        });
    }
}
