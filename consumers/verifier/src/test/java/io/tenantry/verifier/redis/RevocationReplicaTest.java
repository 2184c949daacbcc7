package io.tenantry.verifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import io.tenantry.verifier.RevocationCheck.Answer;
import io.tenantry.verifier.TokenIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

@Timeout(60)
class RevocationReplicaTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TestRedis redis;
    private TestPublisher publisher;
    private RevocationReplica replica;

    @BeforeEach
    void start() {
        redis = new TestRedis();
        publisher = new TestPublisher(redis);
    }

    @AfterEach
    void stop() {
        if (replica != null) {
            replica.close();
        }
        publisher.close();
        redis.close();
    }

    private ReplicaSettings.Builder settings() {
        return ReplicaSettings.forRealm(redis.uri(), "lending").maxStaleness(Duration.ofSeconds(3));
    }

    private void startReplica() {
        replica = RevocationReplica.start(settings().build());
    }

    private void startFreshReplica() throws InterruptedException {
        publisher.epoch("e1");
        publisher.watermark(CLOCK.instant());
        startReplica();
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
    }

    private static TokenIdentity token(Instant issuedAt, String session) {
        return TokenIdentity.of(issuedAt, "jti-" + session, session, "user", "northbank", "spa");
    }

    private Answer check(String session) {
        return replica.check(token(CLOCK.instant().minusSeconds(10), session));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void awaitRevoked(String session) {
        await(() -> check(session).equals(new Answer.Revoked(RevocationKind.SID)));
    }

    @Test
    void knowsWhatWasThereBeforeItStartedAndWhatComesAfter() throws InterruptedException {
        publisher.epoch("e1");
        for (int i = 0; i < 2_500; i++) {
            publisher.revoke(Selector.sid("before-" + i), CLOCK.instant());
        }
        publisher.watermark(CLOCK.instant());
        startReplica();
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        assertThat(replica.status().liveRevocations()).isEqualTo(2_500);
        assertThat(check("before-0")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        assertThat(check("before-2499")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        assertThat(check("after")).isEqualTo(new Answer.Trusted());
        publisher.revoke(Selector.sid("after"), CLOCK.instant());
        awaitRevoked("after");
    }

    @Test
    void securityEventsInTheStreamChangeNothing() throws InterruptedException {
        startFreshReplica();
        for (String event : new String[] {"header.payload.signature", "", "x".repeat(100_000)}) {
            String session = "s" + event.length();
            Instant cutoff = CLOCK.instant();
            Map<String, String> fields = new HashMap<>(new StreamEntry.Revoked(new Revocation(
                            "told-" + session, Selector.sid(session), cutoff, cutoff.plusSeconds(330), "logout"))
                    .toFields());
            fields.put(StreamEntry.Revoked.SECURITY_EVENT, event);
            publisher.add(fields);
            awaitRevoked(session);
        }
        publisher.watermark(CLOCK.instant());
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        assertThat(replica.status().problem()).isEmpty();
    }

    @Test
    void everyKindOfRevocationIsRecognized() throws InterruptedException {
        startFreshReplica();
        TokenIdentity token = TokenIdentity.of(CLOCK.instant(), "j", "s", "u", "t", "c");
        for (Selector selector : token.selectors()) {
            Instant cutoff = CLOCK.instant().plusSeconds(1);
            TokenIdentity only = new TokenIdentity(token.issuedAt(), false, List.of(selector));
            assertThat(replica.check(only)).isEqualTo(new Answer.Trusted());
            publisher.revoke(selector, cutoff);
            await(() -> replica.check(only).equals(new Answer.Revoked(selector.kind())));
        }
    }

    @Test
    void aTokenIssuedAfterTheCutoffIsTrusted() throws InterruptedException {
        startFreshReplica();
        Instant cutoff = CLOCK.instant();
        publisher.revoke(Selector.sub("user"), cutoff);
        await(() -> check("s").equals(new Answer.Revoked(RevocationKind.SUB)));
        assertThat(replica.check(token(cutoff.plusSeconds(1), "s"))).isEqualTo(new Answer.Trusted());
    }

    @Test
    void aTokenOfAnEndedSessionIsRefusedWheneverItWasIssued() throws InterruptedException {
        startFreshReplica();
        Instant cutoff = CLOCK.instant();
        publisher.revoke(Selector.sid("s"), cutoff);
        publisher.revoke(Selector.jti("jti-single"), cutoff);
        awaitRevoked("s");
        assertThat(replica.check(token(cutoff.plusSeconds(60), "s"))).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        await(() ->
                replica.check(token(cutoff.plusSeconds(60), "single")).equals(new Answer.Revoked(RevocationKind.JTI)));
        assertThat(replica.check(token(cutoff, "other"))).isEqualTo(new Answer.Trusted());

        TokenIdentity offline = TokenIdentity.of(cutoff.plusSeconds(1), "ofrtac:1", "s", "user", "northbank", "spa");
        assertThat(replica.check(offline)).as("an offline session lives on").isEqualTo(new Answer.Trusted());
        TokenIdentity before = TokenIdentity.of(cutoff.minusSeconds(1), "ofrtac:1", "s", "user", "northbank", "spa");
        assertThat(replica.check(before)).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void aCutoffIsOnlyEverRaised() throws InterruptedException {
        startFreshReplica();
        Instant cutoff = CLOCK.instant();
        publisher.revoke(Selector.sid("s"), cutoff);
        publisher.revoke(Selector.sid("s"), cutoff.minusSeconds(60));
        publisher.revoke(Selector.sid("last"), cutoff);
        awaitRevoked("last");
        assertThat(replica.check(token(cutoff.minusSeconds(1), "s"))).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void whatHasExpiredIsForgotten() throws InterruptedException {
        Instant longAgo = CLOCK.instant().minus(Duration.ofHours(2));
        publisher.revoke(Selector.sid("old"), longAgo, longAgo.plusSeconds(300));
        publisher.revoke(Selector.sid("live"), CLOCK.instant());
        startFreshReplica();
        await(() -> replica.status().liveRevocations() == 1);
        assertThat(check("live")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void refusesUntilItHasLoaded() {
        startReplica();
        assertThat(check("s")).isInstanceOf(Answer.Unknown.class);
        assertThat(replica.status().fresh()).isFalse();
        assertThat(replica.status().problem()).isPresent();
    }

    @Test
    void aWatermarkWithoutAnEpochProvesNothing() throws InterruptedException {
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        publisher.watermark(CLOCK.instant());
        startReplica();
        awaitRevoked("s");
        publisher.watermark(CLOCK.instant());
        assertThat(replica.awaitFresh(Duration.ofMillis(1_500))).isFalse();
        publisher.epoch("e1");
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
    }

    @Test
    void growsStaleWhenTheWatermarkStopsAndRecoversWithIt() throws InterruptedException {
        startFreshReplica();
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        awaitRevoked("s");
        await(() -> check("other") instanceof Answer.Unknown);
        assertThat(replica.status().staleness().orElseThrow()).isGreaterThan(Duration.ofSeconds(3));
        assertThat(check("s")).as("what is known still holds").isEqualTo(new Answer.Revoked(RevocationKind.SID));
        publisher.watermark(CLOCK.instant());
        await(() -> check("other") instanceof Answer.Trusted);
    }

    @Test
    void thePolicyToAcceptJudgesByWhatIsKnown() {
        replica = RevocationReplica.start(
                settings().whenStale(StalenessPolicy.ACCEPT).build());
        assertThat(check("s")).isEqualTo(new Answer.Trusted());
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        awaitRevoked("s");
        assertThat(replica.status().fresh()).isFalse();
    }

    @Test
    void anOldWatermarkIsNotMistakenForANewOneWhereThisClockIsSlow() throws InterruptedException {
        publisher.epoch("e1");
        Instant tenSecondsAgo = CLOCK.instant().minusSeconds(10);
        StreamEntryID id = new StreamEntryID(tenSecondsAgo.toEpochMilli(), 0);
        publisher
                .redis()
                .xadd(
                        TestPublisher.KEYS.stream(),
                        XAddParams.xAddParams().id(id),
                        Map.of("watermark", Long.toString(tenSecondsAgo.toEpochMilli())));
        replica = RevocationReplica.start(settings().build(), Clock.offset(CLOCK, Duration.ofMinutes(-1)));
        await(() -> replica.status().watermark().isPresent());
        assertThat(replica.status().fresh()).isFalse();
        assertThat(replica.status().staleness().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        publisher.watermark(CLOCK.instant());
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void aClockThatIsAMinuteOffNeitherMissesNorForgetsARevocation(int seconds) throws InterruptedException {
        publisher.epoch("e1");
        Instant now = CLOCK.instant();
        // By the fast clock this one has expired before it is read; a token that it covers may still be accepted there
        publisher.revoke(Selector.sid("expiring"), now, now.plusSeconds(1));
        publisher.watermark(now);
        startReplica(Duration.ofSeconds(90), seconds);
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        assertThat(check("expiring")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        publisher.revoke(Selector.sid("later"), CLOCK.instant());
        awaitRevoked("later");
        assertThat(check("other")).isEqualTo(new Answer.Trusted());
        await(() -> CLOCK.instant().isAfter(now.plusSeconds(3)));
        assertThat(check("expiring")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void aClockFurtherAheadThanTheStalenessAllowedRefusesRatherThanTrusts() throws InterruptedException {
        publisher.epoch("e1");
        publisher.revoke(Selector.sid("ended"), CLOCK.instant());
        publisher.watermark(CLOCK.instant());
        startReplica(Duration.ofSeconds(30), 60);
        awaitRevoked("ended");
        assertThat(replica.awaitFresh(Duration.ofSeconds(1))).isFalse();
        assertThat(check("other")).isInstanceOf(Answer.Unknown.class);
    }

    private void startReplica(Duration maxStaleness, int secondsAhead) {
        replica = RevocationReplica.start(
                settings().maxStaleness(maxStaleness).build(), Clock.offset(CLOCK, Duration.ofSeconds(secondsAhead)));
    }

    @Test
    void aFlushForgetsNothingAndIsHealedByANewEpoch() throws InterruptedException {
        startFreshReplica();
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        awaitRevoked("s");
        publisher.flush();
        publisher.watermark(CLOCK.instant());
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        await(() -> replica.status().problem().isPresent());
        await(() -> check("other") instanceof Answer.Unknown);
        publisher.watermark(CLOCK.instant());
        assertThat(check("other")).as("no epoch, no proof").isInstanceOf(Answer.Unknown.class);
        publisher.revoke(Selector.sid("while-away"), CLOCK.instant());
        publisher.epoch("e2");
        publisher.watermark(CLOCK.instant());
        await(() -> check("other") instanceof Answer.Trusted);
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        assertThat(check("while-away")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void aNewEpochMakesItReadFromTheStart() throws InterruptedException {
        startFreshReplica();
        publisher.redis().del(TestPublisher.KEYS.stream());
        publisher.revokeAt(new StreamEntryID(1, 0), Selector.sid("low"));
        publisher.epoch("e2");
        publisher.add(Map.of("watermark", Long.toString(CLOCK.millis())));
        awaitRevoked("low");
    }

    @Test
    void aStreamThatWentBackIsReadFromTheStart() throws InterruptedException {
        startFreshReplica();
        publisher.redis().del(TestPublisher.KEYS.stream());
        publisher.revokeAt(new StreamEntryID(5, 0), Selector.sid("low"));
        awaitRevoked("low");
    }

    @Test
    void aRestartOfRedisIsSurvived() throws InterruptedException {
        startFreshReplica();
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        awaitRevoked("s");
        publisher.close();
        redis.stop();
        await(() -> replica.status().problem().isPresent());
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        redis.start();
        publisher = new TestPublisher(redis);
        publisher.revoke(Selector.sid("later"), CLOCK.instant());
        awaitRevoked("later");
        await(() -> check("other") instanceof Answer.Unknown);
        publisher.epoch("e2");
        publisher.watermark(CLOCK.instant());
        await(() -> check("other") instanceof Answer.Trusted);
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void startsBeforeRedisDoes() throws InterruptedException {
        publisher.close();
        redis.stop();
        startReplica();
        await(() -> replica.status().problem().orElse("").contains("cannot be read"));
        redis.start();
        publisher = new TestPublisher(redis);
        publisher.epoch("e1");
        await(() -> {
            publisher.watermark(CLOCK.instant());
            return replica.status().fresh();
        });
    }

    @Test
    void anEntryThatCannotBeReadStopsTheWatermarkUntilItIsGone() throws InterruptedException {
        startFreshReplica();
        StreamEntryID malformed =
                publisher.add(ofANewerPublisher(CLOCK.instant().plusSeconds(330)));
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        awaitRevoked("s");
        publisher.watermark(CLOCK.instant());
        await(() -> check("other") instanceof Answer.Unknown);
        publisher.watermark(CLOCK.instant());
        await(() -> replica.status().problem().orElse("").contains(malformed.toString()));
        assertThat(replica.awaitFresh(Duration.ofMillis(1_500))).isFalse();
        publisher.delete(malformed);
        publisher.watermark(CLOCK.instant());
        await(() -> check("other") instanceof Answer.Trusted);
    }

    private static Map<String, String> ofANewerPublisher(Instant expiresAt) {
        Instant cutoff = expiresAt.minusSeconds(1);
        Map<String, String> fields = new HashMap<>(
                new StreamEntry.Revoked(new Revocation("n1", Selector.sid("s"), cutoff, expiresAt, "x")).toFields());
        fields.put("kind", "planet");
        return fields;
    }

    @Test
    void anEntryThatIsNotUnderstoodHoldsNothingBackOnceNoTokenNeedsIt() throws InterruptedException {
        publisher.add(ofANewerPublisher(CLOCK.instant().minus(Duration.ofMinutes(6))));
        startFreshReplica();
        assertThat(replica.status().problem()).isEmpty();
    }

    @Test
    void strayEntriesAreCountedAndHoldNothingBack() throws InterruptedException {
        publisher.add(Map.of("hello", "world"));
        startFreshReplica();
        publisher.add(Map.of("kind", "device"));
        publisher.add(Map.of("watermark", "soon"));
        publisher.watermark(CLOCK.instant());
        await(() -> replica.status().strayEntries() == 3);
        // As many watermarks as it takes to know that they still count
        Instant later = CLOCK.instant().plusMillis(1);
        publisher.watermark(later);
        await(() -> replica.status().watermark().orElseThrow().equals(later.truncatedTo(ChronoUnit.MILLIS)));
        assertThat(replica.status().fresh()).isTrue();
        assertThat(replica.status().problem()).isEmpty();
        publisher.epoch("e2");
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        awaitRevoked("s");
        assertThat(replica.status().strayEntries())
                .as("each once, however often it is read")
                .isEqualTo(3);
    }

    @Test
    void anEntryLargerThanTheHeapEndsNothing() throws Exception {
        Map<String, String> huge = new HashMap<>(new StreamEntry.Revoked(new Revocation(
                        "h1",
                        Selector.sid("huge"),
                        CLOCK.instant(),
                        CLOCK.instant().plusSeconds(330),
                        "x"))
                .toFields());
        huge.put("selector", "x".repeat(45_000_000));
        publisher.epoch("e1");
        publisher.revoke(Selector.sid("before"), CLOCK.instant());
        publisher.add(huge);
        publisher.revoke(Selector.sid("after"), CLOCK.instant());
        publisher.watermark(CLOCK.instant());
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapReader.class.getName(),
                        redis.uri().toString())
                .redirectErrorStream(true)
                .start();
        assertThat(reader.inputReader().lines().toList())
                .contains("fresh=true live=2 stray=1 problem=" + Optional.empty());
        assertThat(reader.waitFor()).isZero();
    }

    @Test
    void anErrorDoesNotEndTheFollowing() throws InterruptedException {
        TestClock clock = new TestClock();
        publisher.epoch("e1");
        publisher.watermark(CLOCK.instant());
        replica = RevocationReplica.start(settings().build(), clock, clock.nanoTime());
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        clock.failFollowerWith(() -> new OutOfMemoryError("as a test would have it"));
        await(() -> replica.status().problem().orElse("").contains("OutOfMemoryError"));
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        clock.failFollowerWith(null);
        awaitRevoked("s");
        publisher.watermark(CLOCK.instant());
        await(() -> replica.status().fresh() && replica.status().problem().isEmpty());
    }

    @Test
    void aClockThatJumpsAheadAndBackForgetsNothing() throws InterruptedException {
        TestClock clock = new TestClock();
        publisher.epoch("e1");
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        publisher.watermark(CLOCK.instant());
        replica = RevocationReplica.start(settings().build(), clock, clock.nanoTime());
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        // Time for another eviction, and then some for it to be made
        clock.pass(Duration.ofSeconds(40));
        clock.stepTo(Duration.ofHours(1));
        Instant end = CLOCK.instant().plusSeconds(4);
        while (CLOCK.instant().isBefore(end)) {
            assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
            assertThat(check("other")).isInstanceOf(Answer.Unknown.class);
            LockSupport.parkNanos(1_000_000);
        }
        clock.stepTo(Duration.ofSeconds(-40));
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
        await(() -> {
            publisher.watermark(CLOCK.instant());
            return replica.status().fresh();
        });
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void aClockThatSteppedHasItReadFromTheStart() throws InterruptedException {
        TestClock clock = new TestClock();
        publisher.epoch("e1");
        publisher.watermark(CLOCK.instant());
        replica = RevocationReplica.start(
                settings().maxStaleness(Duration.ofMinutes(5)).build(), clock, clock.nanoTime());
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        publisher.redis().del(TestPublisher.KEYS.stream());
        publisher.revokeAt(new StreamEntryID(1, 0), Selector.sid("low"));
        publisher.add(Map.of("watermark", Long.toString(CLOCK.millis())));
        clock.stepTo(Duration.ofSeconds(-10));
        awaitRevoked("low");
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
    }

    @Test
    void aClockThatIsAnHourAheadAllAlongForgetsNothing() throws InterruptedException {
        publisher.epoch("e1");
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        publisher.watermark(CLOCK.instant());
        replica = RevocationReplica.start(
                settings().whenStale(StalenessPolicy.ACCEPT).build(), Clock.offset(CLOCK, Duration.ofHours(1)));
        await(() -> replica.status().watermark().isPresent());
        // The first look for what has expired comes with the first read that follows the loading
        publisher.revoke(Selector.sid("next"), CLOCK.instant());
        awaitRevoked("next");
        publisher.revoke(Selector.sid("last"), CLOCK.instant());
        awaitRevoked("last");
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void aTrimmedStreamIsFollowedOn() throws InterruptedException {
        startFreshReplica();
        publisher.revoke(Selector.sid("s"), CLOCK.instant());
        awaitRevoked("s");
        publisher.redis().xtrim(TestPublisher.KEYS.stream(), 0, false);
        publisher.watermark(CLOCK.instant().plusMillis(1));
        publisher.revoke(Selector.sid("next"), CLOCK.instant());
        awaitRevoked("next");
        assertThat(replica.status().fresh()).isTrue();
        assertThat(check("s")).isEqualTo(new Answer.Revoked(RevocationKind.SID));
    }

    @Test
    void aKeyOfAnotherTypeIsAProblemAndNoEnd() throws InterruptedException {
        publisher.redis().set(TestPublisher.KEYS.stream(), "not a stream");
        startReplica();
        await(() -> replica.status().problem().orElse("").contains("cannot be read"));
        publisher.redis().del(TestPublisher.KEYS.stream());
        publisher.epoch("e1");
        publisher.watermark(CLOCK.instant());
        await(() -> {
            publisher.watermark(CLOCK.instant());
            return replica.status().fresh();
        });
    }

    @Test
    void aPasswordIsUsedAndNeverShown() throws InterruptedException {
        publisher.redis().aclSetUser("reader", "on", ">s3cret", "~{tenantry:lending}:*", "+@read", "+time", "+xinfo");
        publisher.epoch("e1");
        publisher.watermark(CLOCK.instant());
        ReplicaSettings settings = settings().credentials("reader", "s3cret").build();
        assertThat(settings.toString()).doesNotContain("s3cret");
        replica = RevocationReplica.start(settings);
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
    }

    @Test
    void anAclUserAsDocumentedMayDoAllThatIsNeeded() throws Exception {
        String line = Files.readString(Path.of(System.getProperty("basedir"), "..", "..", "docs", "operations.md"))
                .lines()
                .filter(each -> each.startsWith("ACL SETUSER gateway "))
                .findFirst()
                .orElseThrow()
                .replace(">…", ">s3cret");
        publisher
                .redis()
                .aclSetUser(
                        "gateway",
                        line.substring("ACL SETUSER gateway ".length()).split(" ", -1));
        publisher.epoch("e1");
        publisher.watermark(CLOCK.instant());
        replica = RevocationReplica.start(
                settings().credentials("gateway", "s3cret").build());
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        publisher.revoke(Selector.sid("before"), CLOCK.instant());
        awaitRevoked("before");

        publisher.flush();
        publisher.revoke(Selector.sid("after"), CLOCK.instant());
        publisher.watermark(CLOCK.instant());
        publisher.epoch("e2");
        awaitRevoked("after");
    }

    @Test
    void closingEndsTheThread() throws InterruptedException {
        startFreshReplica();
        replica.close();
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("tenantry-revocations-lending")));
        assertThat(replica.status().fresh()).isFalse();
        assertThat(replica.status().problem()).contains("it was closed");
    }
}
