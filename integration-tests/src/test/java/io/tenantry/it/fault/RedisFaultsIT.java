package io.tenantry.it.fault;

import static io.tenantry.it.fault.Traffic.Fault.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Selector;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.stack.Database;
import io.tenantry.stack.RedisServer;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.RedisClient;

/**
 * Redis fails in every way that is known of it, under load; Keycloak and its database do not. No one who signs in or out
 * may notice.
 */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisFaultsIT {
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private Stack stack;
    private TestServer server;
    private RedisServer redis;
    private TestRealm realm;
    private Traffic traffic;

    @BeforeAll
    void start() {
        stack = new StackSettings().database(Database.POSTGRES).start();
        server = new TestServer(stack);
        redis = stack.redis();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void prepare() {
        // Long enough that nothing expires before it is counted
        realm = server.createRealm(Map.of("accessTokenLifespan", 3_600));
        traffic = new Traffic(realm);
    }

    @AfterEach
    void finish() {
        traffic.close();
        realm.close();
    }

    @Test
    void killedAndRestartedWithItsData() throws Exception {
        traffic.end(200, after(60, redis::kill), after(140, redis::start));
        verify("Redis killed, restarted with its data");
    }

    @Test
    void killedAndRestartedWithoutItsData() throws Exception {
        RedisFiles files = new RedisFiles(redis);
        traffic.end(200, after(60, redis::kill), after(140, () -> {
            files.delete();
            redis.start();
        }));
        verify("Redis killed, restarted empty");
    }

    @Test
    void stoppedForTwentySecondsWithItsConnectionsOpen() throws Exception {
        traffic.end(160, after(60, redis::pause));
        Thread.sleep(PAUSE.toMillis());
        redis.resume();
        traffic.end(40);
        verify("Redis SIGSTOPped for " + PAUSE.toSeconds() + " s and longer");
    }

    @Test
    void flushed() throws Exception {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            traffic.end(200, after(50, client::flushAll), after(100, client::flushAll), after(150, client::flushAll));
        }
        verify("Redis flushed three times");
    }

    @Test
    void streamTrimmedAndKeysDeletedBySomebody() throws Exception {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            RedisKeys keys = realm.redisKeys();
            traffic.end(
                    200,
                    after(60, () -> client.xtrim(keys.stream(), 10, false)),
                    after(
                            100,
                            () -> client.keys(keys.cutoff(Selector.sid("x")).replace("x", "*"))
                                    .forEach(client::del)),
                    after(150, () -> client.del(keys.stream())));
        }
        verify("stream trimmed, keys deleted, stream deleted");
    }

    @Test
    void restoredFromAnOldSnapshot() throws Exception {
        RedisFiles files = new RedisFiles(redis);
        AtomicReference<Path> snapshot = new AtomicReference<>();
        traffic.end(200, after(60, () -> snapshot.set(files.snapshot())), after(140, () -> {
            redis.kill();
            files.restore(snapshot.get());
            redis.start();
        }));
        verify("Redis restored from an old snapshot");
    }

    private void verify(String fault) throws InterruptedException {
        Delivery.verify(fault, traffic, stack.postgres(), redis);
        assertThat(traffic.failures()).as("nobody notices that Redis fails").isEmpty();
    }
}
