package io.tenantry.revocation.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RevocationPublisher.Claim;
import io.tenantry.revocation.RevocationPublisher.DataSet;
import io.tenantry.revocation.RevocationPublisher.Intact;
import io.tenantry.revocation.RevocationPublisher.Lost;
import io.tenantry.revocation.RevocationPublisher.Published;
import io.tenantry.revocation.RevocationPublisher.Unknown;
import io.tenantry.revocation.RevocationPublisher.Verdict;
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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
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
        publisher.clear("lending", null, true);
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
        publisher.clear("lending", null, true);
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
        assertThat(advance(publisher, now)).isInstanceOf(Intact.class);
        publisher.publish("lending", List.of(revocation));
        assertThat(advance(publisher, now.plusSeconds(2))).isInstanceOf(Intact.class);
        assertThat(advance(publisher, now.plusSeconds(1))).isInstanceOf(Intact.class);
        assertThat(advance(publisher, null)).isInstanceOf(Intact.class);
        assertThat(entries())
                .containsExactly(new StreamEntry.Revoked(revocation), new StreamEntry.Watermark(now.plusSeconds(2)));
        assertThat(redis.hget(KEYS.watermark(), "at"))
                .isEqualTo(Long.toString(now.plusSeconds(2).toEpochMilli()));
    }

    @Test
    void whatHasExpiredByBothClocksIsTakenOutAndNothingElse() throws InterruptedException {
        build(EPOCH);
        publisher.publish("lending", List.of(revocation("old", now, now.plusMillis(200))));
        Revocation live = revocation("live", now, now.plusSeconds(60));
        publisher.publish("lending", List.of(live));
        Thread.sleep(300);
        // The publisher's clock is an hour ahead, then Redis' would be against one that is an hour behind
        advance(publisher, now, now.minusSeconds(3_600));
        assertThat(entries()).hasSize(3);
        advance(publisher, now, now.plusSeconds(3_600));
        assertThat(entries()).containsExactly(new StreamEntry.Revoked(live), new StreamEntry.Watermark(now));
        assertThat(redis.hget(KEYS.watermark(), "length")).isEqualTo("2");
    }

    @Test
    void aWatermarkOfOneWhoWasAheadOfRedisTooGoesBackAtOnce() {
        build(EPOCH);
        advance(publisher, now.plusSeconds(100), now.plusSeconds(100));
        assertThat(advance(publisher, now.plusSeconds(1), now.plusSeconds(1)))
                .isEqualTo(new Intact(now.plusSeconds(1), 0, false));
        assertThat(entries()).containsExactly(new StreamEntry.Watermark(now.plusSeconds(1)));
    }

    @Test
    void aNodeThatIsBehindDoesNotSetBackWhatARightOneSays() {
        build(EPOCH);
        advance(publisher, now, now);
        assertThat(advance(publisher, now.minusSeconds(100), now.minusSeconds(100)))
                .isEqualTo(new Intact(now, 0, false));
    }

    @Test
    void entriesThatNobodyCanReadAreTakenOutAndCounted() {
        buildOf(3);
        redis.xadd(KEYS.stream(), StreamEntryID.NEW_ENTRY, Map.of("kind", "device"));
        redis.xadd(KEYS.stream(), StreamEntryID.NEW_ENTRY, Map.of("hello", "world"));
        redis.xadd(
                KEYS.stream(),
                StreamEntryID.NEW_ENTRY,
                Map.of("kind", "sid", "selector", "x", "cutoff", "1", "exp", "soon"));
        assertThat(advance(publisher, now.plusSeconds(1))).isEqualTo(new Intact(now.plusSeconds(1), 3, false));
        assertThat(advance(publisher, now.plusSeconds(2))).isEqualTo(new Intact(now.plusSeconds(2), 0, false));
        assertThat(entries()).hasSize(4);
    }

    @Test
    void whatANewerVersionWroteStays() {
        buildOf(1);
        redis.set(KEYS.stream().replace("stream", "device:d1"), Long.toString(now.toEpochMilli()));
        redis.xadd(
                KEYS.stream(),
                StreamEntryID.NEW_ENTRY,
                Map.of(
                        "id",
                        "n1",
                        "kind",
                        "device",
                        "selector",
                        "d1",
                        "cutoff",
                        Long.toString(now.toEpochMilli()),
                        "exp",
                        Long.toString(now.plusSeconds(60).toEpochMilli()),
                        "cause",
                        "x"));
        assertThat(advance(publisher, now.plusSeconds(1))).isEqualTo(new Intact(now.plusSeconds(1), 0, false));
        assertThat(redis.xlen(KEYS.stream())).isEqualTo(3);
    }

    @Test
    void aCutoffKeyThatIsNoNumberIsLostAndHealedByPublishingAnew() {
        Revocation revocation = revocation("r1", now, now.plusSeconds(60));
        for (Runnable damage : List.<Runnable>of(() -> redis.set(KEYS.cutoff(SESSION), "abc"), () -> {
            redis.del(KEYS.cutoff(SESSION));
            redis.lpush(KEYS.cutoff(SESSION), "abc");
        })) {
            build(EPOCH);
            publisher.publish("lending", List.of(revocation));
            damage.run();
            assertThat(advance(publisher, now)).isInstanceOf(Lost.class);
            publisher.publish("lending", List.of(revocation));
            assertThat(redis.get(KEYS.cutoff(SESSION))).isEqualTo(Long.toString(now.toEpochMilli()));
            assertThat(redis.pttl(KEYS.cutoff(SESSION))).isBetween(50_000L, 60_000L);
        }
    }

    @Test
    void whateverElseStandsUnderANameOfTheDataSetIsLostAndHealedByBuildingItAnew() {
        for (String key : List.of(KEYS.stream(), KEYS.epoch(), KEYS.watermark())) {
            build(EPOCH);
            advance(publisher, now);
            redis.del(key);
            redis.sadd(key, "something");
            assertThat(advance(publisher, now.plusSeconds(1))).as(key).isInstanceOf(Lost.class);
            assertThat(publisher.inspect("lending").epoch()).isIn(EPOCH, null);
            build(EPOCH);
            assertThat(advance(publisher, now.plusSeconds(2))).as(key).isInstanceOf(Intact.class);
        }
    }

    @Test
    void whateverElseStandsInAFieldOfTheDataSetIsLostAndHealedByBuildingItAnew() {
        for (String field : List.of("entry", "looked", "tail", "length")) {
            for (String damage : List.of("x", "1e0", "01", "1-", "99999999999999999999-1", "-1-0")) {
                buildOf(3);
                redis.hset(KEYS.watermark(), field, damage);
                assertThat(advance(publisher, now.plusSeconds(1)))
                        .as(field + ' ' + damage)
                        .isInstanceOf(Lost.class);
            }
        }
        buildOf(3);
    }

    @Test
    void whereTheCountIsNoneNothingIsAddedAtEachAttempt() {
        buildOf(3);
        redis.hset(KEYS.watermark(), "length", "1e0");
        assertThatThrownBy(() -> publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60)))))
                .isInstanceOf(PublishException.class);
        assertThat(redis.xlen(KEYS.stream())).isEqualTo(4);
    }

    @Test
    void whatOneRealmMeetsIsNoOthers() {
        build(EPOCH);
        redis.set(new RedisKeys("test", "broken").watermark(), "x");
        redis.set(new RedisKeys("test", "broken").epoch(), EPOCH);
        Map<String, Verdict> verdicts = publisher.advance(
                List.of(new Claim("broken", EPOCH, now, now, null), new Claim("lending", EPOCH, now, now, null)));
        assertThat(verdicts.get("broken")).isInstanceOf(Lost.class);
        assertThat(verdicts.get("lending")).isEqualTo(new Intact(now, 0, false));
    }

    @Test
    void aDataSetThatAnotherInstallationKeepsIsLeftToItAndBothAreTold() {
        publisher.clear("lending", null, false);
        publisher.seal("lending", "theirs");
        assertThat(advance("theirs", now)).isEqualTo(new Intact(now, 0, false));
        assertThat(publisher.clear("lending", EPOCH, false)).isFalse();
        assertThat(advance("theirs", now.plusSeconds(1))).isEqualTo(new Intact(now.plusSeconds(1), 0, true));
        assertThat(publisher.clear("lending", EPOCH, true))
                .as("an operator's order")
                .isTrue();
        assertThat(publisher.inspect("lending").epoch()).isNull();
    }

    @Test
    void aDataSetThatStaysAnotherInstallationsCostsNobodyNewConnections() throws InterruptedException {
        publisher.clear("lending", null, false);
        publisher.seal("lending", "theirs");
        advance("theirs", now);
        assertThat(publisher.clear("lending", EPOCH, false)).isFalse();
        // Longer than a connection counts as new
        Thread.sleep(2_100);
        assertThat(publisher.clear("lending", EPOCH, false)).isFalse();
        assertThat(connections()).isEqualTo(1);
        assertThat(publisher.clear("lending", EPOCH, true)).isTrue();
        assertThat(connections()).as("that one and a new one").isEqualTo(2);
    }

    private long connections() {
        try (Jedis admin = new Jedis("127.0.0.1", port)) {
            return admin.clientList()
                    .lines()
                    .filter(client -> client.contains(" name=tenantry "))
                    .count();
        }
    }

    @Test
    void aDataSetThatNobodyKeepsAnyMoreIsTaken() {
        publisher.clear("lending", null, false);
        publisher.seal("lending", "theirs");
        advance("theirs", now);
        redis.hset(KEYS.watermark(), "beat", Long.toString(Instant.now().toEpochMilli() - 11_000));
        assertThat(publisher.clear("lending", EPOCH, false)).isTrue();
    }

    @Test
    void atLowRatesARevocationNeedsFewBytes() {
        build(EPOCH);
        int seconds = 1_200;
        for (int second = 0; second < seconds; second++) {
            if (second % 60 == 0) {
                publisher.publish(
                        "lending",
                        List.of(new Revocation(
                                "r" + second,
                                Selector.sid("session-" + second),
                                now,
                                now.plusSeconds(3_600),
                                "logout")));
            }
            assertThat(advance(publisher, now.plusMillis(second))).isInstanceOf(Intact.class);
        }
        long each = redis.memoryUsage(KEYS.stream(), 0) / (seconds / 60);
        System.out.printf("Bytes of the stream a revocation, with 60 watermarks in between: %d%n", each);
        assertThat(entries()).hasSize(seconds / 60 + 1);
        assertThat(each).isLessThan(300);
    }

    @Test
    void aMissingOrForeignDataSetIsLost() {
        assertThat(advance(publisher, now)).isInstanceOf(Lost.class);
        build("another");
        assertThat(advance(publisher, now)).isInstanceOf(Lost.class);
        assertThat(entries()).isEmpty();
    }

    @Test
    void aStreamThatLostItsWatermarkIsLost() {
        build(EPOCH);
        advance(publisher, now);
        redis.del(KEYS.stream());
        assertThat(advance(publisher, now.plusSeconds(1))).isInstanceOf(Lost.class);
    }

    @Test
    void aStreamThatSomebodyTrimmedIsLost() {
        buildOf(20);
        redis.xtrim(KEYS.stream(), 15, false);
        assertThat(advance(publisher, now.plusSeconds(1))).isInstanceOf(Lost.class);
    }

    @Test
    void aStreamThatSomebodyTookOneEntryOutOfIsLost() {
        buildOf(20);
        redis.xdel(
                KEYS.stream(), redis.xrange(KEYS.stream(), "-", "+", 7).get(6).getID());
        assertThat(advance(publisher, now.plusSeconds(1))).isInstanceOf(Lost.class);
    }

    @Test
    void aStreamThatIsDeletedBeforeItHadAWatermarkIsLost() {
        build(EPOCH);
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        redis.del(KEYS.stream());
        assertThat(advance(publisher, now)).isInstanceOf(Lost.class);
    }

    @Test
    void aDataSetThatLostACutoffKeyIsFoundToBeLostWithinARound() {
        buildOf(350);
        redis.del(KEYS.cutoff(Selector.jti("t270")));
        List<Class<?>> states = new ArrayList<>();
        for (int tick = 1; tick <= 4; tick++) {
            states.add(advance(publisher, now.plusSeconds(tick)).getClass());
        }
        assertThat(states).containsExactly(Intact.class, Intact.class, Lost.class, Lost.class);
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
            assertThat(advance(publisher, moment)).isInstanceOf(Intact.class);
            Thread.sleep(30);
        }
        assertThat(redis.xlen(KEYS.stream())).isLessThan(25);
        assertThat(redis.hget(KEYS.watermark(), "length")).isEqualTo(Long.toString(redis.xlen(KEYS.stream())));
    }

    @Test
    void aDataSetOnAnotherServerThanTheOneItWasBuiltOnIsLost() {
        build(EPOCH);
        advance(publisher, now);
        redis.hset(KEYS.watermark(), "server", "0123456789abcdef");
        assertThat(advance(publisher, now.plusSeconds(1))).isInstanceOf(Lost.class);
    }

    @Test
    void clearingForgetsTheHistoryButNoCutoff() {
        build(EPOCH);
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        publisher.clear("lending", null, true);
        assertThat(redis.keys("*")).containsExactlyInAnyOrder(KEYS.cutoff(SESSION), KEYS.watermark());
        assertThat(redis.hgetAll(KEYS.watermark())).containsOnlyKeys("server", "length");
        assertThat(advance(publisher, now)).isInstanceOf(Lost.class);
    }

    @Test
    void aDataSetThatIsFlushedWhileItIsRebuiltIsNotNamed() {
        publisher.clear("lending", null, true);
        publisher.publish("lending", List.of(revocation("r1", now, now.plusSeconds(60))));
        redis.flushAll();
        publisher.publish("lending", List.of(revocation("r2", now, now.plusSeconds(60))));
        assertThatThrownBy(() -> publisher.seal("lending", EPOCH))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("lost while it was being rebuilt");
        assertThat(advance(publisher, now)).isInstanceOf(Lost.class);
    }

    @Test
    void aMasterThatWasMeanwhileAReplicaIsNotTheServerOnWhichTheDataSetWasBuilt()
            throws IOException, InterruptedException {
        build(EPOCH);
        advance(publisher, now);
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
            assertThat(advance(publisher, now.plusSeconds(1))).isInstanceOf(Lost.class);
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
            strict.clear("lending", null, true);
            strict.seal("lending", EPOCH);
            assertThat(strict.publish("lending", one)).isEqualTo(new Published(EPOCH));

            replica.stop();
            awaitInfo(ofMaster, "min_slaves_good_slaves:0");
            assertThatThrownBy(() -> strict.publish("lending", one))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("NOREPLICAS")
                    .hasMessageContaining("min-replicas-to-write");
            assertThat(advance(strict, now)).isInstanceOf(Unknown.class);
            assertThat(ofMaster.xlen(KEYS.stream())).isEqualTo(1);
            assertThat(strict.inspect("lending").epoch()).isEqualTo(EPOCH);

            RedisServer back = server(replicaPort, "replicaof 127.0.0.1 " + masterPort);
            back.start();
            try {
                awaitInfo(ofMaster, "min_slaves_good_slaves:1");
                assertThat(strict.publish("lending", one)).isEqualTo(new Published(EPOCH));
                assertThat(advance(strict, now)).isInstanceOf(Intact.class);
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

    private static Verdict advance(RedisPublisher told, Instant watermark) {
        return advance(told, watermark, Instant.now().plusSeconds(10));
    }

    private static Verdict advance(RedisPublisher told, Instant watermark, Instant publishersTime) {
        return told.advance(List.of(new Claim("lending", EPOCH, watermark, publishersTime, null)))
                .get("lending");
    }

    private Verdict advance(String epoch, Instant watermark) {
        return publisher
                .advance(List.of(new Claim("lending", epoch, watermark, now.plusSeconds(10), null)))
                .get("lending");
    }

    private void build(String epoch) {
        publisher.clear("lending", null, true);
        publisher.seal("lending", epoch);
    }

    private void buildOf(int count) {
        build(EPOCH);
        List<Revocation> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(new Revocation("r" + i, Selector.jti("t" + i), now, now.plusSeconds(60), "token-revoked"));
        }
        publisher.publish("lending", many);
        assertThat(advance(publisher, now)).isInstanceOf(Intact.class);
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
            restricted.clear("lending", null, true);
            Revocation revocation = revocation("r1", now, now.plusSeconds(60));
            restricted.publish("lending", List.of(revocation));
            restricted.publish("lending", List.of(revocation("r2", now.plusSeconds(1), now.plusSeconds(90))));
            restricted.seal("lending", EPOCH);
            for (int i = 0; i < 2; i++) {
                assertThat(advance(restricted, now.plusSeconds(i))).isInstanceOf(Intact.class);
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
