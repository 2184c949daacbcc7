package io.tenantry.it.fault;

import static io.tenantry.it.fault.Traffic.Fault.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.StreamEntry;
import io.tenantry.it.Exhaustive;
import io.tenantry.it.Metrics;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.PublishedRevocations;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.stack.Database;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.RedisServer;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** Another Redis takes over without what the last one knew; Keycloak is killed, its database, a node of two. */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverIT {
    /** Few, because each start takes some ten seconds. */
    private static final int KILLS = Exhaustive.of(20, 3);

    private static final int SPLITS = Exhaustive.of(3, 1);
    private static final int BACKLOG = 50_000;
    private static final String URI_OPTION = "spi-events-listener--redis-revocations--uri";

    private final Random random = new Random();
    private Stack stack;
    private MovableAddress address;
    private TestServer server;
    private TestRealm realm;
    private Traffic traffic;

    @BeforeAll
    void start() throws IOException {
        address = new MovableAddress();
        stack = new StackSettings()
                .database(Database.POSTGRES)
                .option(URI_OPTION, address.uri().toString())
                .build();
        address.moveTo(stack.redis().uri());
        server = new TestServer(stack);
        stack.start();
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        address.close();
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
        address.moveTo(stack.redis().uri());
        address.cut();
    }

    @Test
    void replicaThatMissedWritesTakesOver() throws Exception {
        RedisServer replica = replica();
        traffic.end(200, after(60, () -> loseItsMaster(replica)), after(140, () -> {
            stack.redis().kill();
            promote(replica);
            address.moveTo(replica.uri());
        }));
        verifyUnnoticed("replica promoted that missed writes", replica);
        stack.redis().start();
    }

    @Test
    void replicaTakesOverWhileTheOldMasterStillAnswersWhoIsConnected() throws Exception {
        RedisServer replica = replica();
        traffic.end(
                200,
                after(60, () -> loseItsMaster(replica)),
                after(100, () -> {
                    promote(replica);
                    address.moveTo(replica.uri());
                }),
                after(160, address::cut));
        verifyUnnoticed("replica promoted, old master alive for open connections", replica);
    }

    @Test
    void masterThatWasReplacedByAReplicaWithoutTheLastWritesIsMasterAgain() throws Exception {
        RedisServer replica = replica();
        traffic.end(200, after(60, () -> loseItsMaster(replica)), after(140, () -> {
            promote(replica);
            follow(stack.redis(), replica.uri());
            promote(stack.redis());
        }));
        verifyUnnoticed("failed over and back between two looks", stack.redis());
    }

    @Test
    void keycloakKilledAtRandomMoments() throws Exception {
        KeycloakServer keycloak = stack.keycloak();
        int each = 200 / (KILLS + 1);
        for (int kill = 0; kill < KILLS; kill++) {
            boolean withRedisStopped = kill % 2 == 1;
            traffic.end(each, after(random.nextInt(each), () -> {
                Thread.sleep(random.nextInt(300));
                if (withRedisStopped) {
                    // Then some are committed that nobody knows of yet
                    stack.redis().pause();
                    Thread.sleep(1_000 + random.nextInt(500));
                }
                keycloak.kill();
                if (withRedisStopped) {
                    stack.redis().resume();
                }
                keycloak.start();
            }));
        }
        traffic.end(200 - KILLS * each);
        verify("Keycloak killed " + KILLS + " times", stack.redis());
    }

    @Test
    void databaseKilledAndRestarted() throws Exception {
        traffic.end(
                200,
                after(60, () -> stack.postgres().kill()),
                after(60, () -> stack.postgres().start()),
                after(140, () -> {
                    stack.postgres().kill();
                    stack.postgres().start();
                }));
        verify("database killed and restarted twice", stack.redis());
    }

    @Test
    void redisAndDatabaseDown() throws Exception {
        traffic.end(
                200,
                after(60, () -> stack.redis().kill()),
                after(100, () -> stack.postgres().kill()),
                after(100, () -> stack.postgres().start()),
                after(140, () -> stack.redis().start()));
        verify("Redis and database down", stack.redis());
    }

    @Test
    void oneNodeOfTwoKilled() throws Exception {
        KeycloakServer second = stack.newNode();
        second.start();
        try {
            shareABacklog(second);
            traffic.alsoThrough(second).end(200, after(100, () -> {
                stack.redis().pause();
                Thread.sleep(1_000);
                second.kill();
                stack.redis().resume();
            }));
            verify("one of two nodes killed", stack.redis());
        } finally {
            second.kill();
        }
    }

    /** Each of the two does a part of it, and neither does again what the other did. */
    private void shareABacklog(KeycloakServer second) throws InterruptedException {
        try (TestRealm waiting = server.createRealm();
                RedisClient redis = RedisClient.create(stack.redis().uri())) {
            Ledger ledger = new Ledger(stack.postgres(), waiting.name());
            PublishedRevocations.await("the data set", () -> !ledger.epoch().isEmpty());
            double byFirst = drainedBy(stack.keycloak());
            double bySecond = drainedBy(second);
            ledger.leaveBehind(BACKLOG);
            PublishedRevocations.await(
                    "the backlog's end",
                    Duration.ofMinutes(1),
                    () -> ledger.rows().stream().allMatch(Ledger.Row::published));
            byFirst = drainedBy(stack.keycloak()) - byFirst;
            bySecond = drainedBy(second) - bySecond;
            System.out.printf("a backlog of %d, drained by two nodes: %.0f and %.0f%n", BACKLOG, byFirst, bySecond);
            assertThat(byFirst + bySecond).isEqualTo(BACKLOG);
            assertThat(List.of(byFirst, bySecond)).allMatch(count -> count > 0);
            List<StreamEntry> entries = redis.xrange(waiting.redisKeys().stream(), "-", "+").stream()
                    .map(entry -> StreamEntry.parse(entry.getFields()))
                    .filter(StreamEntry.Revoked.class::isInstance)
                    .toList();
            assertThat(entries).hasSize(BACKLOG).doesNotHaveDuplicates();
        }
    }

    private static double drainedBy(KeycloakServer node) {
        return Metrics.of(node).value("tenantry_revocations_published_total{by=\"drainer\"}");
    }

    @Test
    void oneNodeStillReachesTheMasterThatAnotherHasGivenUp() throws Exception {
        try (MovableAddress own = new MovableAddress()) {
            own.moveTo(stack.redis().uri());
            KeycloakServer second = stack.newNode(Map.of(URI_OPTION, own.uri().toString()));
            second.start();
            try {
                traffic.alsoThrough(second);
                RedisServer master = stack.redis();
                for (int round = 0; round < SPLITS; round++) {
                    RedisServer old = master;
                    RedisServer replica = replica(old);
                    traffic.end(70, after(20, () -> split(old, replica, own)));
                    master = replica;
                }
                verifyUnnoticed("one of two nodes behind at " + SPLITS + " failovers", master);
            } finally {
                second.kill();
            }
        }
        stack.redis().start();
    }

    /** Only the second node follows the failover, until it has rebuilt; then the old master goes. */
    private void split(RedisServer old, RedisServer replica, MovableAddress ofSecond) throws InterruptedException {
        Ledger ledger = new Ledger(stack.postgres(), realm.name());
        PublishedRevocations.await("the first data set", () -> !ledger.epoch().isEmpty());
        String before = ledger.epoch();
        promote(replica);
        ofSecond.moveTo(replica.uri());
        ofSecond.cut();
        PublishedRevocations.await(
                "the second node's rebuilding", () -> !ledger.epoch().equals(before));
        // Long enough for the first to publish some where nobody looks any more, too short to notice, mostly
        Thread.sleep(150);
        address.moveTo(replica.uri());
        old.kill();
    }

    private void verify(String fault, RedisServer redis) throws InterruptedException {
        Delivery.verify(fault, traffic, stack.postgres(), redis);
    }

    private void verifyUnnoticed(String fault, RedisServer redis) throws InterruptedException {
        verify(fault, redis);
        assertThat(traffic.failures()).as("nobody notices that Redis fails").isEmpty();
    }

    private RedisServer replica() throws InterruptedException {
        return replica(stack.redis());
    }

    private RedisServer replica(RedisServer master) throws InterruptedException {
        RedisServer replica = stack.newRedis();
        replica.start();
        follow(replica, master.uri());
        return replica;
    }

    private static void follow(RedisServer redis, URI master) throws InterruptedException {
        try (Jedis client = new Jedis(redis.uri())) {
            client.replicaof("127.0.0.1", master.getPort());
            PublishedRevocations.await(
                    "replication", () -> client.info("replication").contains("master_link_status:up"));
        }
    }

    /** It keeps what it knows and learns nothing new. */
    private static void loseItsMaster(RedisServer replica) {
        try (Jedis client = new Jedis(replica.uri())) {
            client.replicaof("127.0.0.1", 1);
        }
    }

    private static void promote(RedisServer replica) {
        try (Jedis client = new Jedis(replica.uri())) {
            client.replicaofNoOne();
        }
    }
}
