package io.tenantry.it.fault;

import static io.restassured.RestAssured.given;
import static io.tenantry.it.fault.Traffic.Fault.after;
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
import io.tenantry.stack.Database;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.RedisServer;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Each way in which a Redis may be there, with a server of its own, on one database: over TLS, Sentinel, Cluster. */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisFormsIT {
    private static final String OPTION = "spi-events-listener--redis-revocations--";
    private static final String SECRET = "correct-horse";
    private static final int SLOTS = 16_384;

    private Stack stack;

    @BeforeAll
    void prepare() {
        stack = new StackSettings().database(Database.POSTGRES).build();
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void overTlsWithAnAclUserAndToldWhatIsWrongUntilItIsRight(@TempDir Path files) throws Exception {
        PrivateCa ca = new PrivateCa("Lending CA");
        Path certificate = files.resolve("redis.crt");
        Path key = files.resolve("redis.key");
        Path users = Files.writeString(files.resolve("users.acl"), "user default on nopass ~* &* +@all\n");
        int port = freePort();
        RedisServer redis = stack.newRedis(List.of(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                ca.certificate(files.resolve("ca.crt")).toString(),
                "--tls-auth-clients",
                "no",
                "--aclfile",
                users.toString()));
        Map<String, String> options = Map.of(
                OPTION + "uri",
                "rediss://localhost:" + port,
                OPTION + "username",
                "keycloak",
                OPTION + "password",
                SECRET,
                "truststore-paths",
                files.resolve("ca.crt").toString());
        onItsOwnServer(options, (node, realm, traffic) -> {
            traffic.end(5);
            awaitProblem(realm, "Connection refused");

            new PrivateCa("Somebody's CA").issue("localhost", certificate, key);
            redis.start();
            awaitProblem(realm, "--truststore-paths");
            traffic.end(5);

            ca.issue("redis.elsewhere.example", certificate, key);
            redis.restart();
            awaitProblem(realm, "the host name that stands in --" + OPTION + "uri");

            ca.issue("localhost", certificate, key);
            redis.restart();
            awaitProblem(realm, "--" + OPTION + "password");
            try (Jedis admin = new Jedis(redis.uri())) {
                admin.aclSetUser("keycloak", "on", ">another");
                awaitProblem(realm, "--" + OPTION + "password");
                admin.aclSetUser("keycloak", "resetpass", ">" + SECRET);
                awaitProblem(realm, "the permissions that docs/operations.md lists");
                assertThat(given().get(node.managementUri() + "/health/ready").statusCode())
                        .isEqualTo(200);
                admin.aclSetUser("keycloak", documentedPermissions());
            }
            traffic.end(50);
            verify("Redis over TLS, with an ACL user, wrong in five ways before", traffic, redis);
            assertThat(node.log())
                    .contains("--truststore-paths", "WRONGPASS", "the host name that stands in")
                    .doesNotContain(SECRET);
            try (Jedis admin = new Jedis(redis.uri())) {
                assertThat(admin.clientList().lines().filter(line -> line.contains("name=tenantry")))
                        .isNotEmpty()
                        .allMatch(line -> line.contains("user=keycloak"));

                // Asks for a replica that there is not
                admin.configSet("min-replicas-to-write", "1");
                traffic.end(5);
                awaitProblem(realm, "min-replicas-to-write");
                PublishedRevocations.await(
                        "the count of what waits, and the breaker",
                        () -> Metrics.of(node).value("tenantry_revocations_pending") > 0
                                && Metrics.of(node).value("tenantry_revocations_breaker_open") == 1);
                admin.configSet("min-replicas-to-write", "0");
            }
            verify("a replica asked for that there is not", traffic, redis);
        });
    }

    @Test
    void watchedOverBySentinelsThatPromoteAReplica() throws Exception {
        RedisServer master = started(stack.newRedis());
        RedisServer replica = started(stack.newRedis());
        try (Jedis client = new Jedis(replica.uri())) {
            client.replicaof("127.0.0.1", master.uri().getPort());
        }
        List<RedisServer> sentinels = IntStream.range(0, 3)
                .mapToObj(i -> started(stack.newSentinel("lending", master, 2)))
                .toList();
        for (RedisServer sentinel : sentinels) {
            try (Jedis client = new Jedis(sentinel.uri())) {
                PublishedRevocations.await("Sentinels that know of each other", () -> {
                    Map<String, String> known = client.sentinelMasters().get(0);
                    return "1".equals(known.get("num-slaves")) && "2".equals(known.get("num-other-sentinels"));
                });
            }
        }
        String hosts = sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.uri().getPort())
                .collect(Collectors.joining(","));
        onItsOwnServer(
                Map.of(OPTION + "uri", "redis-sentinel://" + hosts + "?master=lending"), (node, realm, traffic) -> {
                    traffic.end(120, after(40, master::kill));
                    try (Jedis client = new Jedis(replica.uri())) {
                        PublishedRevocations.await(
                                "the promotion", () -> client.role().get(0).equals("master"));
                    }
                    verify("master killed, replica promoted by Sentinels", traffic, replica);
                });
    }

    /** First the master of one shard, whose replica takes over; then that of another, which has none. */
    @Test
    void clusterOfWhichARealmHasOneSlotWhoseMasterDies() throws Exception {
        List<RedisServer> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RedisServer node = started(stack.newClusterNode());
            try (Jedis client = new Jedis(node.uri())) {
                // As docs/operations.md says: else one shard that is gone stops all of them
                client.configSet("cluster-require-full-coverage", "no");
            }
            nodes.add(node);
        }
        int each = SLOTS / 3 + 1;
        for (int i = 0; i < 3; i++) {
            try (Jedis client = new Jedis(nodes.get(i).uri())) {
                client.clusterAddSlots(IntStream.range(i * each, Math.min(SLOTS, (i + 1) * each))
                        .toArray());
            }
        }
        try (Jedis first = new Jedis(nodes.get(0).uri())) {
            nodes.stream()
                    .skip(1)
                    .forEach(node -> first.clusterMeet("127.0.0.1", node.uri().getPort()));
        }
        for (RedisServer node : nodes) {
            try (Jedis client = new Jedis(node.uri())) {
                PublishedRevocations.await(
                        "the cluster",
                        () -> client.clusterInfo().contains("cluster_state:ok")
                                && client.clusterInfo().contains("cluster_known_nodes:4"));
            }
        }
        String hosts =
                nodes.stream().map(node -> "127.0.0.1:" + node.uri().getPort()).collect(Collectors.joining(","));
        onItsOwnServer(Map.of(OPTION + "uri", "redis-cluster://" + hosts), (node, realm, traffic) -> {
            int shard = JedisClusterCRC16.getSlot(realm.redisKeys().stream()) / each;
            RedisServer owner = nodes.get(shard);
            RedisServer replica = nodes.get(3);
            try (Jedis ofOwner = new Jedis(owner.uri());
                    Jedis client = new Jedis(replica.uri())) {
                client.clusterReplicate(ofOwner.clusterMyId());
                PublishedRevocations.await(
                        "replication", () -> client.info("replication").contains("master_link_status:up"));
            }
            traffic.end(120, after(40, owner::kill));
            try (Jedis client = new Jedis(replica.uri())) {
                PublishedRevocations.await(
                        "the promotion", () -> client.role().get(0).equals("master"));
            }
            verify("master of a realm's slot killed in a Cluster", traffic, replica);
            for (RedisServer other : nodes.subList(0, 3)) {
                if (other != owner) {
                    try (Jedis client = new Jedis(other.uri())) {
                        assertThat(client.keys("{" + "tenantry:" + realm.name() + "}*"))
                                .isEmpty();
                    }
                }
            }
            int dying = (shard + 1) % 3;
            int sound = (shard + 2) % 3;
            try (TestRealm stopped = realmOn(dying, each, realm.server());
                    TestRealm third = realmOn(sound, each, realm.server());
                    RedisClient ofDying = RedisClient.create(nodes.get(dying).uri());
                    RedisClient ofSound = RedisClient.create(nodes.get(sound).uri());
                    RedisClient ofReplica = RedisClient.create(replica.uri())) {
                aDeadShardStopsItsOwnRealmsOnly(
                        node,
                        nodes.get(dying),
                        new Placed(stopped, ofDying),
                        List.of(new Placed(realm, ofReplica), new Placed(third, ofSound)));
            }
        });
    }

    /** A realm, and the one server of a Cluster that has its keys. */
    private record Placed(TestRealm realm, RedisClient redis) {
        PublishedRevocations published() {
            return new PublishedRevocations(redis, realm.redisKeys());
        }

        String problem() {
            return realm.revocationStatus().getString("problem");
        }
    }

    private static TestRealm realmOn(int shard, int each, TestServer server) {
        String name = Stream.generate(() -> "it-" + UUID.randomUUID())
                .filter(candidate ->
                        JedisClusterCRC16.getSlot(new RedisKeys(RedisKeys.DEFAULT_PREFIX, candidate).stream()) / each
                                == shard)
                .findFirst()
                .orElseThrow();
        return server.createRealm(name, Map.of());
    }

    private static void aDeadShardStopsItsOwnRealmsOnly(
            KeycloakServer node, RedisServer dying, Placed stopped, List<Placed> others) throws InterruptedException {
        TestClient app = stopped.realm().publicClient("stopped");
        TestUser alice = stopped.realm().user("alice-stopped");
        for (Placed each : others) {
            awaitWatermark(each, Instant.now());
        }
        awaitWatermark(stopped, Instant.now());
        // First it does not answer, then nobody is there
        dying.pause();
        Selector first = Ending.LOGOUT.end(app, alice, app.password(alice, "openid"));
        PublishedRevocations.await("the problem of its realm", () -> stopped.problem() != null);
        for (Placed each : others) {
            goesOn(each);
        }
        dying.kill();
        Selector second = Ending.LOGOUT.end(app, alice, app.password(alice, "openid"));
        for (Placed each : others) {
            goesOn(each);
        }
        assertThat(stopped.problem()).isNotNull();
        assertThat(Metrics.of(node).value("tenantry_revocations_realms_failing"))
                .isEqualTo(1);
        Instant back = Instant.now();
        dying.start();
        awaitWatermark(stopped, back);
        assertThat(stopped.published().cutoff(first)).isPresent();
        assertThat(stopped.published().cutoff(second)).isPresent();
        assertThat(stopped.problem()).isNull();
    }

    private static void goesOn(Placed placed) throws InterruptedException {
        TestClient client = placed.realm().publicClient("app-" + UUID.randomUUID());
        TestUser bob = placed.realm().user("bob-" + UUID.randomUUID().toString().substring(0, 8));
        Selector ended = Ending.LOGOUT.end(client, bob, client.password(bob, "openid"));
        assertThat(placed.published().cutoff(ended)).as("known with the answer").isPresent();
        for (int i = 0; i < 4; i++) {
            awaitWatermark(placed, Instant.now());
            assertThat(Duration.between(placed.published().watermark(), Instant.now()))
                    .isLessThan(Duration.ofSeconds(4));
        }
        assertThat(placed.problem()).isNull();
    }

    private static void awaitWatermark(Placed placed, Instant after) throws InterruptedException {
        PublishedRevocations.await(
                "a watermark of realm " + placed.realm().name(),
                () -> placed.published().watermark().isAfter(after));
    }

    private interface Try {
        void run(KeycloakServer node, TestRealm realm, Traffic traffic) throws Exception;
    }

    private void onItsOwnServer(Map<String, String> options, Try test) throws Exception {
        KeycloakServer node = stack.newNode(new HashMap<>(options));
        node.start();
        TestServer server = new TestServer(stack).through(node);
        TestRealm realm = server.createRealm(Map.of("accessTokenLifespan", 3_600));
        try (Traffic traffic = new Traffic(realm)) {
            test.run(node, realm, traffic);
        } finally {
            realm.close();
            node.stop();
        }
    }

    private void verify(String form, Traffic traffic, RedisServer redis) throws InterruptedException {
        Delivery.verify(form, traffic, stack.postgres(), redis);
        assertThat(traffic.failures()).as("nobody notices that Redis fails").isEmpty();
    }

    /** What the operator reads in the status, and nothing secret in it. */
    private static void awaitProblem(TestRealm realm, String part) throws InterruptedException {
        PublishedRevocations.await("a problem with " + part, () -> {
            String problem = realm.revocationStatus().getString("problem");
            assertThat(String.valueOf(problem)).doesNotContain(SECRET);
            return problem != null && problem.contains(part);
        });
    }

    private static String[] documentedPermissions() throws IOException {
        String line = Files.readString(Path.of(System.getProperty("basedir"))
                        .resolveSibling("docs")
                        .resolve("operations.md"))
                .lines()
                .filter(each -> each.startsWith("ACL SETUSER keycloak "))
                .findFirst()
                .orElseThrow();
        return line.substring("ACL SETUSER keycloak on >… ".length()).split(" ", -1);
    }

    private static RedisServer started(RedisServer redis) {
        redis.start();
        return redis;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
