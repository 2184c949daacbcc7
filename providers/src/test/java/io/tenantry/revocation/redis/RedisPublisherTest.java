package io.tenantry.revocation.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RevocationPublisher.DataSet;
import io.tenantry.revocation.RevocationPublisher.DataSetState;
import io.tenantry.revocation.RevocationPublisher.Published;
import io.tenantry.settings.Credentials;
import io.tenantry.settings.HostPort;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

class RedisPublisherTest {
    private static final RedisKeys KEYS = new RedisKeys("test", "lending");
    private static final String EPOCH = "e1";
    private static final Selector SESSION = Selector.sid("s:1");

    private static RedisServer server;
    private static int port;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private RedisClient redis;
    private RedisPublisher publisher;

    @BeforeAll
    static void startRedis() throws IOException {
        port = freePort();
        server = startServer();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        server.stop();
    }

    @BeforeEach
    void connect() {
        redis = RedisClient.create("127.0.0.1", port);
        redis.flushAll();
        publisher = publisher(port);
    }

    @AfterEach
    void disconnect() {
        publisher.close();
        redis.close();
    }

    @Test
    void oneAnswerIsAllThereIsToWaitForOnceAConnectionStands() {
        assertThat(publisher.waitsForOneAnswer(1, 1)).isFalse();
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        assertThat(publisher.waitsForOneAnswer(1, 1)).isTrue();
        assertThat(publisher.waitsForOneAnswer(1, 2)).isFalse();
        assertThat(publisher.waitsForOneAnswer(251, 1)).isFalse();
        publisher.clear("lending");
        assertThat(publisher.waitsForOneAnswer(1, 1)).isTrue();
        publisher.close();
        assertThat(publisher.waitsForOneAnswer(1, 1)).isFalse();
    }

    @Test
    void aServerThatForgotTheScriptsIsTaughtThemAnew() {
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        redis.scriptFlush();
        publisher.publish("lending", List.of(revocation("r2", now, now.plusSeconds(60))));
        assertThat(entries()).hasSize(2);
    }

    @Test
    void aRevocationIsACutoffThatExpiresAndAnEntryOfTheStream() {
        Revocation revocation = revocation("r1", now, now.plusSeconds(60));
        publisher.publish("lending", List.of(revocation));
        assertThat(redis.get(KEYS.cutoff(SESSION))).isEqualTo(Long.toString(now.toEpochMilli()));
        assertThat(redis.pttl(KEYS.cutoff(SESSION))).isBetween(50_000L, 60_000L);
        assertThat(entries()).containsExactly(new StreamEntry.Revoked(revocation));
    }

    @Test
    void itSaysWhichDataSetTookARevocation() {
        Revocation revocation = revocation("r1", now, now.plusSeconds(60));
        assertThat(publisher.publish("lending", List.of(revocation))).isEqualTo(new Published(null));
        build(EPOCH);
        assertThat(publisher.publish("lending", List.of(revocation))).isEqualTo(new Published(EPOCH));
        publisher.clear("lending");
        assertThat(publisher.publish("lending", List.of(revocation))).isEqualTo(new Published(null));
    }

    @Test
    void aCutoffIsRaisedAndNeverLoweredNorForgottenEarlier() {
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(600))));
        publisher.publish("lending", List.of(revocation("r2", now.minusSeconds(9), now.plusSeconds(30))));
        assertThat(redis.get(KEYS.cutoff(SESSION))).isEqualTo(Long.toString(now.toEpochMilli()));
        assertThat(redis.pttl(KEYS.cutoff(SESSION))).isGreaterThan(590_000);

        publisher.publish("lending", List.of(revocation("r3", now.plusSeconds(5), now.plusSeconds(30))));
        assertThat(redis.get(KEYS.cutoff(SESSION)))
                .isEqualTo(Long.toString(now.plusSeconds(5).toEpochMilli()));
        assertThat(redis.pttl(KEYS.cutoff(SESSION))).isGreaterThan(590_000);

        publisher.publish("lending", List.of(revocation("r4", now, now.plusSeconds(900))));
        assertThat(redis.get(KEYS.cutoff(SESSION)))
                .isEqualTo(Long.toString(now.plusSeconds(5).toEpochMilli()));
        assertThat(redis.pttl(KEYS.cutoff(SESSION))).isGreaterThan(890_000);
    }

    @Test
    void manyArePublishedInOrder() {
        List<Revocation> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            many.add(new Revocation("r" + i, Selector.jti("t" + i), now, now.plusSeconds(60), "token-revoked"));
        }
        publisher.publish("lending", many);
        assertThat(entries())
                .containsExactlyElementsOf(
                        many.stream().map(StreamEntry.Revoked::new).toList());
        assertThat(redis.get(KEYS.cutoff(Selector.jti("t1000")))).isNotNull();
    }

    @Test
    void onlyTheNewestWatermarkStaysInTheStreamAndItNeverGoesBack() {
        build(EPOCH);
        Revocation revocation = revocation("r1", now, now.plusSeconds(60));
        assertThat(publisher.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.INTACT);
        publisher.publish("lending", List.of(revocation));
        assertThat(publisher.advance("lending", EPOCH, now.plusSeconds(2), null))
                .isEqualTo(DataSetState.INTACT);
        assertThat(publisher.advance("lending", EPOCH, now.plusSeconds(1), null))
                .isEqualTo(DataSetState.INTACT);
        assertThat(publisher.advance("lending", EPOCH, null, null)).isEqualTo(DataSetState.INTACT);
        assertThat(entries())
                .containsExactly(new StreamEntry.Revoked(revocation), new StreamEntry.Watermark(now.plusSeconds(2)));
        assertThat(redis.hget(KEYS.watermark(), "at"))
                .isEqualTo(Long.toString(now.plusSeconds(2).toEpochMilli()));
    }

    @Test
    void whatNoTokenNeedsAnyMoreIsTrimmedAndNothingElse() throws InterruptedException {
        build(EPOCH);
        publisher.publish("lending", List.of(revocation("old", now, now.plusSeconds(60))));
        Thread.sleep(400);
        Revocation live = revocation("live", now, now.plusSeconds(60));
        publisher.publish("lending", List.of(live));
        publisher.advance("lending", EPOCH, now, Duration.ofMillis(300));
        assertThat(entries()).containsExactly(new StreamEntry.Revoked(live), new StreamEntry.Watermark(now));
    }

    @Test
    void aMissingOrForeignDataSetIsLost() {
        assertThat(publisher.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.LOST);
        build("another");
        assertThat(publisher.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.LOST);
        assertThat(entries()).isEmpty();
    }

    @Test
    void aStreamThatLostItsWatermarkIsLost() {
        build(EPOCH);
        publisher.advance("lending", EPOCH, now, null);
        redis.del(KEYS.stream());
        assertThat(publisher.advance("lending", EPOCH, now.plusSeconds(1), null))
                .isEqualTo(DataSetState.LOST);
    }

    @Test
    void aStreamThatSomebodyTrimmedIsLost() {
        buildOf(20);
        redis.xtrim(KEYS.stream(), 15, false);
        assertThat(publisher.advance("lending", EPOCH, now.plusSeconds(1), null))
                .isEqualTo(DataSetState.LOST);
    }

    @Test
    void aStreamThatSomebodyTookOneEntryOutOfIsLost() {
        buildOf(20);
        redis.xdel(
                KEYS.stream(), redis.xrange(KEYS.stream(), "-", "+", 7).get(6).getID());
        assertThat(publisher.advance("lending", EPOCH, now.plusSeconds(1), null))
                .isEqualTo(DataSetState.LOST);
    }

    @Test
    void aStreamThatIsDeletedBeforeItHadAWatermarkIsLost() {
        build(EPOCH);
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        redis.del(KEYS.stream());
        assertThat(publisher.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.LOST);
    }

    @Test
    void aDataSetThatLostACutoffKeyIsFoundToBeLostWithinARound() {
        buildOf(350);
        redis.del(KEYS.cutoff(Selector.jti("t270")));
        List<DataSetState> states = new ArrayList<>();
        for (int tick = 1; tick <= 4; tick++) {
            states.add(publisher.advance("lending", EPOCH, now.plusSeconds(tick), null));
        }
        assertThat(states)
                .containsExactly(DataSetState.INTACT, DataSetState.INTACT, DataSetState.LOST, DataSetState.LOST);
    }

    @Test
    void whatExpiresOrIsTrimmedBecauseNoTokenNeedsItMakesNoDataSetLost() throws InterruptedException {
        build(EPOCH);
        for (int tick = 0; tick < 30; tick++) {
            Instant moment = Instant.now();
            publisher.publish(
                    "lending",
                    List.of(new Revocation(
                            "r" + tick, Selector.jti("t" + tick), moment, moment.plusMillis(300), "token-revoked")));
            assertThat(publisher.advance("lending", EPOCH, moment, tick % 3 == 0 ? Duration.ofMillis(300) : null))
                    .isEqualTo(DataSetState.INTACT);
            Thread.sleep(30);
        }
        assertThat(redis.xlen(KEYS.stream())).isLessThan(25);
        assertThat(redis.hget(KEYS.watermark(), "length")).isEqualTo(Long.toString(redis.xlen(KEYS.stream())));
    }

    @Test
    void aDataSetOnAnotherServerThanTheOneItWasBuiltOnIsLost() {
        build(EPOCH);
        publisher.advance("lending", EPOCH, now, null);
        redis.hset(KEYS.watermark(), "server", "0123456789abcdef");
        assertThat(publisher.advance("lending", EPOCH, now.plusSeconds(1), null))
                .isEqualTo(DataSetState.LOST);
    }

    @Test
    void clearingForgetsTheHistoryButNoCutoff() {
        build(EPOCH);
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        publisher.clear("lending");
        assertThat(redis.keys("*")).containsExactlyInAnyOrder(KEYS.cutoff(SESSION), KEYS.watermark());
        assertThat(redis.hgetAll(KEYS.watermark())).containsOnlyKeys("server", "length");
        assertThat(publisher.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.LOST);
    }

    @Test
    void aDataSetThatIsFlushedWhileItIsRebuiltIsNotNamed() {
        publisher.clear("lending");
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        redis.flushAll();
        publisher.publish("lending", List.of(revocation("r2", now, now.plusSeconds(60))));
        assertThatThrownBy(() -> publisher.seal("lending", EPOCH))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("lost while it was being rebuilt");
        assertThat(publisher.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.LOST);
    }

    @Test
    void aMasterThatWasMeanwhileAReplicaIsNotTheServerOnWhichTheDataSetWasBuilt()
            throws IOException, InterruptedException {
        build(EPOCH);
        publisher.advance("lending", EPOCH, now, null);
        int otherPort = freePort();
        RedisServer other = RedisServer.newRedisServer()
                .port(otherPort)
                .setting("bind 127.0.0.1")
                .setting("replicaof 127.0.0.1 " + port)
                .build();
        other.start();
        try (Jedis old = new Jedis("127.0.0.1", port);
                Jedis promoted = new Jedis("127.0.0.1", otherPort)) {
            awaitReplication(promoted);
            promoted.replicaofNoOne();
            old.replicaof("127.0.0.1", otherPort);
            awaitReplication(old);
            old.replicaofNoOne();
            assertThat(redis.get(KEYS.epoch())).isEqualTo(EPOCH);
            assertThat(publisher.advance("lending", EPOCH, now.plusSeconds(1), null))
                    .isEqualTo(DataSetState.LOST);
        } finally {
            other.stop();
        }
    }

    @Test
    void aMasterThatLacksTheReplicasItMustHaveTakesNothingAndSaysSoUntilOneIsBack()
            throws IOException, InterruptedException {
        int masterPort = freePort();
        int replicaPort = freePort();
        RedisServer master = server(masterPort, "min-replicas-to-write 1", "min-replicas-max-lag 10");
        RedisServer replica = server(replicaPort, "replicaof 127.0.0.1 " + masterPort);
        List<Revocation> one = List.of(revocation("r1", now, now.plusSeconds(60)));
        master.start();
        replica.start();
        try (Jedis ofMaster = new Jedis("127.0.0.1", masterPort);
                RedisPublisher strict = publisher(masterPort)) {
            awaitInfo(ofMaster, "min_slaves_good_slaves:1");
            strict.clear("lending");
            strict.seal("lending", EPOCH);
            assertThat(strict.publish("lending", one)).isEqualTo(new Published(EPOCH));

            replica.stop();
            awaitInfo(ofMaster, "min_slaves_good_slaves:0");
            assertThatThrownBy(() -> strict.publish("lending", one))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("NOREPLICAS")
                    .hasMessageContaining("min-replicas-to-write");
            assertThatThrownBy(() -> strict.advance("lending", EPOCH, now, null))
                    .isInstanceOf(PublishException.class);
            assertThat(ofMaster.xlen(KEYS.stream())).isEqualTo(1);
            assertThat(strict.inspect("lending").epoch()).isEqualTo(EPOCH);

            RedisServer back = server(replicaPort, "replicaof 127.0.0.1 " + masterPort);
            back.start();
            try {
                awaitInfo(ofMaster, "min_slaves_good_slaves:1");
                assertThat(strict.publish("lending", one)).isEqualTo(new Published(EPOCH));
                assertThat(strict.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.INTACT);
            } finally {
                back.stop();
            }
        } finally {
            master.stop();
        }
    }

    private static RedisServer server(int serverPort, String... settings) throws IOException {
        RedisServerBuilder builder =
                RedisServer.newRedisServer().port(serverPort).setting("bind 127.0.0.1");
        for (String setting : settings) {
            builder.setting(setting);
        }
        return builder.build();
    }

    @Test
    void aServerThatIsNotThereIsAPublishExceptionAndItsReturnIsNoticed() throws IOException {
        int ownPort = freePort();
        try (RedisPublisher early = publisher(ownPort)) {
            assertThatThrownBy(() -> early.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60)))))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("127.0.0.1:" + ownPort);
            RedisServer late = RedisServer.newRedisServer()
                    .port(ownPort)
                    .setting("bind 127.0.0.1")
                    .build();
            late.start();
            try {
                early.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
            } finally {
                late.stop();
            }
        }
    }

    private void build(String epoch) {
        publisher.clear("lending");
        publisher.seal("lending", epoch);
    }

    private void buildOf(int count) {
        build(EPOCH);
        List<Revocation> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(new Revocation("r" + i, Selector.jti("t" + i), now, now.plusSeconds(60), "token-revoked"));
        }
        publisher.publish("lending", many);
        assertThat(publisher.advance("lending", EPOCH, now, null)).isEqualTo(DataSetState.INTACT);
        assertThat(publisher.inspect("lending").epoch()).isEqualTo(EPOCH);
        redis.hdel(KEYS.watermark(), "looked");
        assertThat(redis.hget(KEYS.watermark(), "length")).isEqualTo(Integer.toString(count + 1));
    }

    private static void awaitReplication(Jedis replica) throws InterruptedException {
        awaitInfo(replica, "master_link_status:up");
    }

    private static void awaitInfo(Jedis server, String line) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!server.info("replication").contains(line)) {
            assertThat(System.nanoTime() - deadline).as("the wait for " + line).isNegative();
            Thread.sleep(50);
        }
    }

    private static RedisServer startServer() throws IOException {
        RedisServer started = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .build();
        started.start();
        return started;
    }

    @Test
    void anAclUserAsDocumentedMayDoAllThatIsNeeded() throws IOException {
        String line = Files.readString(Path.of(System.getProperty("basedir"))
                        .resolveSibling("docs")
                        .resolve("operations.md"))
                .lines()
                .filter(each -> each.startsWith("ACL SETUSER keycloak "))
                .findFirst()
                .orElseThrow()
                .replace(">…", ">secret");
        try (Jedis admin = new Jedis("127.0.0.1", port)) {
            admin.aclSetUser(
                    "keycloak", line.substring("ACL SETUSER keycloak ".length()).split(" ", -1));
        }
        RedisAddress address = new RedisAddress.Single(new HostPort("127.0.0.1", port), 0, false);
        PublisherSettings settings = new PublisherSettings(
                address,
                new Credentials("keycloak", "secret"),
                RedisKeys.DEFAULT_PREFIX,
                Duration.ofSeconds(2),
                Duration.ofSeconds(60));
        try (RedisPublisher restricted = new RedisPublisher(address, settings)) {
            restricted.clear("lending");
            Revocation revocation = revocation("r1", now, now.plusSeconds(60));
            restricted.publish("lending", List.of(revocation));
            restricted.publish("lending", List.of(revocation("r2", now.plusSeconds(1), now.plusSeconds(90))));
            restricted.seal("lending", EPOCH);
            for (int i = 0; i < 2; i++) {
                assertThat(restricted.advance("lending", EPOCH, now.plusSeconds(i), Duration.ofHours(1)))
                        .isEqualTo(DataSetState.INTACT);
            }
            assertThat(restricted.inspect("lending")).isEqualTo(new DataSet(EPOCH, now.plusSeconds(1)));
        }
    }

    @Test
    void nothingIsFoundWhereNothingWasPublished() {
        assertThat(publisher.inspect("lending")).isEqualTo(new DataSet(null, null));
    }

    private static RedisPublisher publisher(int serverPort) {
        RedisAddress address = new RedisAddress.Single(new HostPort("127.0.0.1", serverPort), 0, false);
        return new RedisPublisher(
                address, new PublisherSettings(address, null, "test", Duration.ofSeconds(2), Duration.ofSeconds(60)));
    }

    private static Revocation revocation(String id, Instant cutoff, Instant expiresAt) {
        return new Revocation(id, SESSION, cutoff, expiresAt, "logout");
    }

    private List<StreamEntry> entries() {
        return redis.xrange(KEYS.stream(), "-", "+").stream()
                .map(entry -> StreamEntry.parse(entry.getFields()))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
