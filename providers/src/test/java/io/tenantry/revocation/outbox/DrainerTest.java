package io.tenantry.revocation.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.OfflineRealms;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RealmBreakers;
import io.tenantry.revocation.RealmNotices;
import io.tenantry.revocation.RevocationMetrics;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrainerTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private final ManualClock clock = new ManualClock(START);
    private final FakeOutbox outbox = new FakeOutbox();
    private final FakePublisher publisher = new FakePublisher();
    private final RealmBreakers breakers = new RealmBreakers();
    private final RealmNotices notices = new RealmNotices();
    private final AtomicInteger epochs = new AtomicInteger();
    private Duration jumped = Duration.ZERO;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RevocationMetrics metrics = new RevocationMetrics(meters, clock, breakers);
    private final Drainer drainer = drainer(Runnable::run);

    @Test
    void theFirstTickBuildsTheDataSetAndTheNextOnesKeepTheWatermarkCurrent() {
        drainer.tick();
        assertThat(publisher.log).containsExactly("clear", "seal e1");
        clock.advance(Duration.ofSeconds(1));
        drainer.tick();
        assertThat(publisher.watermark).isEqualTo(clock.instant());
        assertThat(publisher.epoch).isEqualTo("e1");
    }

    @Test
    void aFreshRowIsLeftToItsRequestAndHoldsTheWatermarkBack() {
        built();
        outbox.add("r1", clock.instant());
        drainer.tick();
        assertThat(publisher.published).isEmpty();
        assertThat(publisher.watermark).isEqualTo(START);
        drainer.acknowledge(new DataSetName("lending", "e1"), Set.of("r1"));
        clock.advance(Duration.ofSeconds(1));
        drainer.tick();
        assertThat(publisher.published).isEmpty();
        assertThat(publisher.watermark).isEqualTo(clock.instant());
    }

    @Test
    void whatARequestCouldNotPublishIsPublishedAndMarked() {
        built();
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(outbox.pending(clock.instant(), Set.of(), 10)).isEmpty();
        assertThat(publisher.watermark).isEqualTo(clock.instant());
    }

    @Test
    void aRowHeldByAnotherNodeHoldsTheWatermarkBack() {
        built();
        outbox.add("r1", clock.instant());
        outbox.heldElsewhere = true;
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).isEmpty();
        assertThat(publisher.watermark).isEqualTo(START);
    }

    @Test
    void aDeadPublisherIsTriedAgainUntilItAnswersAndNothingIsLost() {
        built();
        outbox.add("r1", clock.instant());
        publisher.down = true;
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(2));
            drainer.tick();
            assertThat(breakers.isOpen("lending")).isTrue();
        }
        assertThat(publisher.watermark).isEqualTo(START);
        publisher.down = false;
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(breakers.isOpen("lending")).isFalse();
        assertThat(publisher.watermark).isEqualTo(clock.instant());
    }

    @Test
    void aLostDataSetIsPublishedWholeBeforeItIsNamed() {
        built();
        outbox.add("r1", clock.instant());
        outbox.add("r2", clock.instant());
        drainer.acknowledge(new DataSetName("lending", "e1"), Set.of("r1"));
        publisher.epoch = null;
        publisher.log.clear();
        drainer.tick();
        assertThat(publisher.log).containsExactly("clear", "publish r1,r2", "seal e2");
        assertThat(outbox.epoch).isEqualTo("e2");
    }

    @Test
    void whatARequestPublishedAsPartOfADataSetThatWasExchangedSinceIsPublishedAgain() {
        built();
        outbox.add("r1", clock.instant());
        outbox.epoch = "e2";
        publisher.epoch = "e2";
        drainer.acknowledge(new DataSetName("lending", "e1"), Set.of("r1"));
        assertThat(outbox.unpublished).containsKey("r1");
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(outbox.unpublished).isEmpty();
    }

    @Test
    void whatIsDrainedIntoADataSetThatTheTableDoesNotNameWaitsForTheOneThatItWillName() {
        built();
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        // Another node has rebuilt it, and this one still reaches the server that nobody else does
        outbox.epoch = "e7";
        outbox.heldByRebuild = true;
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(outbox.unpublished).containsKey("r1");
        assertThat(publisher.watermark).isEqualTo(START);

        outbox.heldByRebuild = false;
        publisher.epoch = "e7";
        clock.advance(Duration.ofSeconds(1));
        drainer.tick();
        assertThat(outbox.unpublished).isEmpty();
    }

    @Test
    void aRealmWhoseDataSetIsMissingKeepsNoOtherWaiting() {
        built();
        fill(Drainer.DRAIN_BATCH + 1);
        outbox.addTo("other", "o1", clock.instant());
        outbox.heldByRebuild = true;
        publisher.epoch = "foreign";
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).contains("o1");
        assertThat(outbox.unpublished).hasSize(Drainer.DRAIN_BATCH + 1).doesNotContainKey("o1");
    }

    @Test
    void whatIsPublishedForARealmThatNobodyListensToCountsWhereverItWent() {
        built();
        outbox.addTo("other", "o1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("o1");
        assertThat(outbox.unpublished).isEmpty();
    }

    @Test
    void whatARebuildPublishesIsNotPublishedOnceMore() {
        outbox.add("r1", clock.instant());
        drainer.tick();
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.log).containsExactly("clear", "publish r1", "seal e1");
    }

    @Test
    void moreThanABatchIsDrainedInOneTick() {
        built();
        fill(Drainer.DRAIN_BATCH * 2 + 1);
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).hasSize(Drainer.DRAIN_BATCH * 2 + 1);
    }

    @Test
    void onlyALargeBacklogIsDrainedByTwo() {
        List<Runnable> helped = new ArrayList<>();
        Drainer watched = drainer(task -> {
            helped.add(task);
            task.run();
        });
        watched.tick();
        fill(Drainer.DRAIN_BATCH - 1);
        clock.advance(Duration.ofSeconds(2));
        watched.tick();
        assertThat(helped).isEmpty();
        fill(Drainer.DRAIN_BATCH + 1);
        clock.advance(Duration.ofSeconds(2));
        watched.tick();
        assertThat(helped).hasSize(1);
        assertThat(outbox.unpublished).isEmpty();
    }

    @Test
    void whatWasPublishedBeforeAFailureCountsAndTheRestFollows() {
        built();
        fill(Drainer.DRAIN_BATCH * 2);
        publisher.answersLeft = 1;
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(breakers.isOpen("lending")).isTrue();
        assertThat(drained()).isEqualTo(Drainer.DRAIN_BATCH);
        assertThat(outbox.unpublished).hasSize(Drainer.DRAIN_BATCH);
        assertThat(publisher.watermark).isEqualTo(START);
        publisher.answersLeft = Integer.MAX_VALUE;
        drainer.tick();
        assertThat(drained()).isEqualTo(Drainer.DRAIN_BATCH * 2);
        assertThat(outbox.unpublished).isEmpty();
        assertThat(publisher.watermark).isEqualTo(clock.instant());
    }

    @Test
    void aPublisherThatDoesNotAnswerIsAskedToTakeOneAndThenAllOfThem() {
        built();
        fill(Drainer.DRAIN_BATCH + 1);
        clock.advance(Duration.ofSeconds(2));
        publisher.down = true;
        drainer.tick();
        outbox.limits.clear();
        drainer.tick();
        assertThat(outbox.limits).containsExactly(1);
        publisher.down = false;
        drainer.tick();
        assertThat(outbox.unpublished).isEmpty();
        assertThat(drained()).isEqualTo(Drainer.DRAIN_BATCH + 1);
    }

    @Test
    void aFailureOfTheSecondOfTwoIsOneOfBoth() {
        Drainer watched = drainer(task -> {
            publisher.down = true;
            task.run();
            publisher.down = false;
        });
        watched.tick();
        watched.tick();
        fill(Drainer.DRAIN_BATCH + 1);
        clock.advance(Duration.ofSeconds(2));
        watched.tick();
        assertThat(breakers.isOpen("lending")).isTrue();
        assertThat(outbox.unpublished).as("the first went on").isEmpty();
    }

    @Test
    void aBatchDoesNotLookAgainAtWhatTheOneBeforePublished() {
        built();
        fill(Drainer.DRAIN_BATCH);
        Instant upTo = clock.instant();
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(outbox.lookedFrom).endsWith(Instant.EPOCH, upTo, upTo);
    }

    @Test
    void withTooMuchPendingToTellTheWatermarkStandsButTheDataSetIsChecked() {
        built();
        outbox.heldElsewhere = true;
        fill(Drainer.MAX_PENDING_KNOWN + 1);
        clock.advance(Duration.ofSeconds(2));
        publisher.epoch = "foreign";
        drainer.tick();
        assertThat(publisher.watermark).isEqualTo(START);
        assertThat(publisher.epoch).isEqualTo("e2");
    }

    @Test
    void theExpiredIsPurgedEvenWithoutAPublisher() {
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofHours(1));
        new Drainer(
                        outbox,
                        null,
                        breakers,
                        notices,
                        new OfflineRealms(),
                        clock,
                        this::nanos,
                        () -> "never",
                        metrics,
                        RealmWork.on(Runnable::run, Runnable::run))
                .tick();
        assertThat(outbox.rows).isEmpty();
    }

    @Test
    void metricsTellWhatWaitsWhileThePublisherIsDeadAndWhoPublishedItThen() {
        built();
        outbox.add("r1", clock.instant());
        publisher.down = true;
        clock.advance(Duration.ofSeconds(7));
        drainer.tick();
        assertThat(gauge("pending")).isEqualTo(1);
        assertThat(gauge("oldest.pending.age")).isEqualTo(7);
        assertThat(gauge("watermark.age")).isEqualTo(7);
        assertThat(gauge("breaker.open")).isEqualTo(1);

        publisher.down = false;
        drainer.tick();

        assertThat(gauge("pending")).isZero();
        assertThat(gauge("oldest.pending.age")).isZero();
        assertThat(gauge("watermark.age")).isZero();
        assertThat(gauge("breaker.open")).isZero();
        assertThat(drained()).isEqualTo(1);
        assertThat(meters.get("tenantry.revocations.heals").counter().count()).isEqualTo(1);
    }

    @Test
    void whatOneRealmMeetsStopsNeitherThePublishingNorTheWatermarkOfAnother() {
        outbox.listening.add("broken");
        built();
        publisher.broken.add("broken");
        outbox.addTo("broken", "b1", clock.instant());
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(publisher.watermarks)
                .containsEntry("lending", clock.instant())
                .containsEntry("broken", START);
        assertThat(breakers.isOpen("broken")).isTrue();
        assertThat(breakers.isOpen("lending")).isFalse();
        assertThat(gauge("realms.failing")).isEqualTo(1);
        assertThat(gauge("watermark.age")).as("the oldest of any realm").isEqualTo(2);

        publisher.broken.clear();
        clock.advance(Duration.ofSeconds(1));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1", "b1");
        assertThat(breakers.isAnyOpen()).isFalse();
        assertThat(publisher.watermarks).containsEntry("broken", clock.instant());
    }

    @Test
    void aRealmThatIsRefusedWhenTheServerIsBackStopsNoOther() {
        outbox.listening.add("broken");
        built();
        outbox.addTo("broken", "b1", clock.instant());
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        publisher.down = true;
        drainer.tick();
        publisher.down = false;
        publisher.broken.add("broken");
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(breakers.isOpenForEvery()).isFalse();
        assertThat(breakers.isOpen("broken")).isTrue();
        assertThat(publisher.watermark).isEqualTo(clock.instant());
    }

    @Test
    void whatAnotherNodeHoldsDoesNotKeepThisOneFromFindingOutThatTheServerIsBack() {
        built();
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        publisher.down = true;
        drainer.tick();
        publisher.down = false;
        outbox.heldElsewhere = true;
        publisher.epoch = null;
        drainer.tick();
        assertThat(breakers.isOpenForEvery()).isFalse();
        assertThat(publisher.epoch).as("it is rebuilt").isEqualTo("e2");
    }

    @Test
    void aContestedRealmIsNotDrainedIntoToFindOutWhetherTheServerIsBack() {
        outbox.listening.add("other");
        built();
        publisher.epoch = "theirs";
        publisher.taken = true;
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        publisher.down = true;
        drainer.tick();
        publisher.down = false;
        outbox.add("r1", clock.instant());
        outbox.addTo("other", "o1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("o1");
    }

    @Test
    void anErrorIsAFailureOfTheRealmThatMetItAlone() {
        outbox.listening.add("flawed");
        built();
        publisher.flawed.add("flawed");
        outbox.addTo("flawed", "f1", clock.instant());
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(publisher.watermark).isEqualTo(clock.instant());
        assertThat(breakers.problem("flawed"))
                .hasValueSatisfying(text -> assertThat(text).contains("OutOfMemoryError"));
    }

    @Test
    void aRealmThatCannotBeRebuiltKeepsNoOtherFromIt() {
        outbox.listening.add("broken");
        publisher.broken.add("broken");
        drainer.tick();
        drainer.tick();
        assertThat(publisher.watermarks).containsEntry("lending", START).doesNotContainKey("broken");
    }

    @Test
    void aRealmWithTooMuchPendingHoldsBackItsOwnWatermarkAlone() {
        outbox.listening.add("other");
        built();
        outbox.heldElsewhere = true;
        fill(Drainer.MAX_PENDING_KNOWN + 1);
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.watermarks).containsEntry("lending", START).containsEntry("other", clock.instant());
    }

    @Test
    void aRowOfAnotherNodesFutureDoesNotWaitForIt() {
        built();
        outbox.add("r1", clock.instant().plusSeconds(60));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
    }

    @Test
    void aRowThatWasNotThereWhenTheTableWasLastLookedAtThoughItIsOlderIsTakenForLate() {
        built();
        Instant written = clock.instant();
        outbox.add("seen", written);
        drainer.tick();
        clock.advance(Duration.ofSeconds(3));
        outbox.heldElsewhere = true;
        drainer.tick();
        outbox.heldElsewhere = false;
        outbox.add("late", written);
        clock.advance(Duration.ofSeconds(1));
        drainer.tick();
        assertThat(publisher.published).containsExactlyInAnyOrder("seen", "late");
        assertThat(outbox.late).containsOnlyKeys("late");
    }

    @Test
    void aLateRowIsRaisedToWhenItWasReadHoweverLongThatTook() {
        built();
        outbox.reading = () -> clock.advance(Duration.ofSeconds(25));
        outbox.add("drained", clock.instant().minusSeconds(5));
        drainer.tick();
        assertThat(outbox.late).containsOnly(Map.entry("drained", clock.instant()));
        outbox.reading = () -> {
            clock.advance(Duration.ofSeconds(25));
            outbox.add("rebuilt", clock.instant().minusSeconds(50));
        };
        publisher.epoch = null;
        drainer.tick();
        assertThat(outbox.late).containsEntry("rebuilt", clock.instant());
    }

    @Test
    void aNotBeforeThatIsSaidAgainIsPublishedAtOnce() {
        built();
        outbox.add("r1", clock.instant());
        outbox.notBefores.put("lending", List.of(outbox.rows.get("r1").revocation()));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(outbox.unpublished).isEmpty();
    }

    @Test
    void aNotBeforeOfARealmThatMayNotBePublishedWaitsLikeAllOfIt() {
        outbox.listening.add("other");
        built();
        breakers.failed("lending", "refused", PublishException.Reach.REALM);
        outbox.add("r1", clock.instant());
        outbox.addTo("other", "o1", clock.instant());
        outbox.notBefores.put("lending", List.of(outbox.rows.get("r1").revocation()));
        outbox.notBefores.put("other", List.of(outbox.rows.get("o1").revocation()));
        drainer.tick();
        assertThat(publisher.published).containsExactly("o1");
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("o1", "r1");
    }

    @Test
    void noTickWaitsForWhatCannotBeNoted() throws InterruptedException {
        outbox.unwritable = true;
        outbox.looks = new CountDownLatch(3);
        Revocation published = new Revocation("r1", Selector.sid("s1"), START, START.plusSeconds(360), "logout");
        try (DrainerThread thread = DrainerThread.start(work -> drainer)) {
            for (int i = 0; i < 200 && outbox.looks.getCount() > 0; i++) {
                thread.acknowledge(new DataSetName("lending", "e1"), List.of(published));
                Thread.sleep(50);
            }
        }
        assertThat(outbox.looks.getCount()).isZero();
    }

    @Test
    void nothingIsPurgedForAWhileAfterTheClockHasJumped() {
        built();
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofHours(1));
        jumped = Duration.ofHours(1);
        for (int i = 0; i < 20; i++) {
            drainer.tick();
        }
        assertThat(notices.of("lending")).singleElement().asString().contains("jumped by PT1H");
        assertThat(outbox.rows).containsKey("r1");
        for (int i = 0; i < 41; i++) {
            clock.advance(Duration.ofSeconds(10));
            drainer.tick();
        }
        assertThat(outbox.rows).as("it is an hour later indeed").isEmpty();
        assertThat(notices.of("lending")).isEmpty();
    }

    @Test
    void aWatermarkThatLiesAheadIsToldUntilItNoLongerDoes() {
        built();
        publisher.claims = START.plusSeconds(100);
        drainer.tick();
        assertThat(notices.of("lending")).singleElement().asString().contains("100 s ahead");
        assertThat(gauge("watermark.ahead")).isEqualTo(100);
        publisher.claims = null;
        clock.advance(Duration.ofSeconds(1));
        drainer.tick();
        assertThat(notices.of("lending")).isEmpty();
        assertThat(gauge("watermark.ahead")).isZero();
    }

    @Test
    void whatIsCountedInTheTableIsClaimedOfTheDataSet() {
        outbox.add("r1", clock.instant());
        drainer.tick();
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(1));
            drainer.tick();
        }
        assertThat(publisher.live).contains(1L);
    }

    @Test
    void ordersToPublishAnewLeaveADataSetLongEnoughToBeLoaded() {
        built();
        for (int second = 0; second < 12; second++) {
            outbox.again = true;
            clock.advance(Duration.ofSeconds(1));
            drainer.tick();
            assertThat(publisher.watermark).isBetween(clock.instant().minusSeconds(1), clock.instant());
        }
        assertThat(outbox.rebuilds).isEqualTo(1 + 2);
    }

    @Test
    void aDataSetOfAnotherInstallationIsLeftAloneAndToldOf() {
        built();
        publisher.epoch = "theirs";
        publisher.taken = true;
        outbox.add("r1", clock.instant());
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.epoch).isEqualTo("theirs");
        assertThat(outbox.epoch).isEqualTo("e1");
        assertThat(breakers.problem("lending"))
                .hasValueSatisfying(text -> assertThat(text).contains("another installation"));
    }

    @Test
    void entriesThatWereTakenOutAndRowsThatCannotBeReadAreCountedAndTold() {
        outbox.unreadableRows = 2;
        built();
        assertThat(notices.of("lending")).singleElement().asString().contains("2 live rows");
        assertThat(gauge("unreadable")).isEqualTo(2);
        publisher.strays = 3;
        drainer.tick();
        assertThat(notices.of("lending")).hasSize(2);
        assertThat(meters.get("tenantry.revocations.strays").counter().count()).isEqualTo(3);
    }

    private double gauge(String name) {
        return meters.get("tenantry.revocations." + name).gauge().value();
    }

    private double drained() {
        return meters.get("tenantry.revocations.published")
                .tag("by", "drainer")
                .counter()
                .count();
    }

    private Drainer drainer(Executor helper) {
        return new Drainer(
                outbox,
                publisher,
                breakers,
                notices,
                new OfflineRealms(),
                clock,
                this::nanos,
                () -> "e" + epochs.incrementAndGet(),
                metrics,
                RealmWork.on(Runnable::run, helper));
    }

    /** A monotonic clock that runs as the wall clock does, but for what a test takes from it. */
    private long nanos() {
        return Duration.between(START, clock.instant()).minus(jumped).toNanos();
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            outbox.add(String.format("r%05d", i), clock.instant());
        }
    }

    private void built() {
        drainer.tick();
        drainer.tick();
        assertThat(publisher.watermark).isEqualTo(START);
        publisher.log.clear();
    }

    private static final class FakeOutbox implements Outbox {
        private record Row(String realm, Revocation revocation, Instant createdAt) {}

        private final Map<String, Row> rows = new TreeMap<>();
        private final Map<String, Row> unpublished = new LinkedHashMap<>();
        private final List<Instant> lookedFrom = new ArrayList<>();
        private final List<Integer> limits = new ArrayList<>();
        private final List<String> listening = new ArrayList<>(List.of("lending"));
        private final Map<String, String> epochs = new HashMap<>();
        private final Map<String, Instant> late = new HashMap<>();
        private final Map<String, List<Revocation>> notBefores = new HashMap<>();
        private Runnable reading = () -> {};
        private CountDownLatch looks = new CountDownLatch(0);
        private boolean unwritable;
        private boolean heldElsewhere;
        private boolean heldByRebuild;
        private boolean again;
        private int rebuilds;
        private long unreadableRows;
        private String epoch;

        void add(String id, Instant now) {
            addTo("lending", id, now);
        }

        void addTo(String realm, String id, Instant now) {
            Row row = new Row(realm, new Revocation(id, Selector.sid(id), now, now.plusSeconds(360), "logout"), now);
            rows.put(id, row);
            unpublished.put(id, row);
        }

        private String epoch(String realm) {
            return realm.equals("lending") ? epoch : epochs.get(realm);
        }

        @Override
        public Drained drain(Batch batch, Instant now, Supplier<Lateness> lateness, Publishing publisher) {
            if (heldElsewhere) {
                return new Drained(0, batch.createdFrom(), 0, false);
            }
            reading.run();
            lookedFrom.add(batch.createdFrom());
            limits.add(batch.limit());
            List<Row> found = unpublished.values().stream()
                    .filter(row -> row.realm().equals(batch.realm())
                            && !row.createdAt().isBefore(batch.createdFrom())
                            && (row.createdAt().isBefore(batch.createdBefore())
                                    || row.createdAt().isAfter(now.plus(Drainer.GRACE))))
                    .limit(batch.limit())
                    .toList();
            if (found.isEmpty()) {
                return new Drained(0, batch.createdFrom(), 0, false);
            }
            Instant upTo = found.get(found.size() - 1).createdAt();
            noteLate(found, lateness);
            String into = publisher
                    .apply(found.stream().map(Row::revocation).toList())
                    .epoch();
            if (batch.kept() && !isNamed(batch.realm(), into)) {
                return new Drained(found.size(), upTo, 0, true);
            }
            found.forEach(row -> unpublished.remove(row.revocation().id()));
            return new Drained(found.size(), upTo, found.size(), false);
        }

        private void noteLate(List<Row> found, Supplier<Lateness> lateness) {
            Lateness known = lateness.get();
            found.forEach(row -> known.apply(row.revocation().id(), row.createdAt())
                    .ifPresent(until -> late.put(row.revocation().id(), until)));
        }

        private boolean isNamed(String realm, String into) {
            return into != null && into.equals(epoch(realm)) && !heldByRebuild;
        }

        @Override
        public void markPublished(DataSetName dataSet, Collection<String> ids, Instant now) {
            if (unwritable) {
                throw new IllegalStateException("the database does not answer");
            }
            if (isNamed(dataSet.realm(), dataSet.epoch())) {
                unpublished.keySet().removeAll(ids);
            }
        }

        @Override
        public List<Pending> pending(Instant now, Collection<String> without, int limit) {
            return unpublished.values().stream()
                    .filter(row -> !without.contains(row.realm()))
                    .limit(limit)
                    .map(row -> new Pending(row.revocation().id(), row.realm(), row.createdAt))
                    .toList();
        }

        @Override
        public Map<String, Waiting> waiting(Instant now) {
            return unpublished.values().stream()
                    .collect(Collectors.groupingBy(
                            Row::realm,
                            Collectors.collectingAndThen(
                                    Collectors.mapping(Row::createdAt, Collectors.toCollection(TreeSet::new)),
                                    moments -> new Waiting(0, moments.first(), moments.last()))))
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            each -> new Waiting(
                                    unpublished.values().stream()
                                            .filter(row -> row.realm().equals(each.getKey()))
                                            .count(),
                                    each.getValue().oldest(),
                                    each.getValue().youngest())));
        }

        @Override
        public List<ListeningRealm> listeningRealms(Instant now) {
            looks.countDown();
            return listening.stream()
                    .map(name -> new ListeningRealm(name, epoch(name), again && name.equals("lending"), false))
                    .toList();
        }

        @Override
        public Set<String> realmsWithOfflineSessions() {
            return Set.of();
        }

        @Override
        public Map<String, Long> published(Instant now) {
            return rows.values().stream()
                    .filter(row -> !unpublished.containsKey(row.revocation().id()))
                    .collect(Collectors.groupingBy(Row::realm, Collectors.counting()));
        }

        @Override
        public Map<String, Long> unreadable(Instant now) {
            return unreadableRows == 0 ? Map.of() : Map.of("lending", unreadableRows);
        }

        @Override
        public void readAgain() {
            // None is ever set aside here
        }

        @Override
        public Rebuilt rebuild(
                ListeningRealm expected,
                String newEpoch,
                Instant now,
                BooleanSupplier clear,
                Supplier<Lateness> lateness,
                Consumer<List<Revocation>> publisher,
                Runnable seal) {
            if (heldByRebuild) {
                return new Elsewhere();
            }
            if (!clear.getAsBoolean()) {
                return new Contested();
            }
            reading.run();
            List<Row> read = rows.values().stream()
                    .filter(row -> row.realm().equals(expected.name()))
                    .toList();
            noteLate(
                    read.stream()
                            .filter(row ->
                                    unpublished.containsKey(row.revocation().id()))
                            .toList(),
                    lateness);
            List<Revocation> live = read.stream().map(Row::revocation).toList();
            if (!live.isEmpty()) {
                publisher.accept(live);
            }
            seal.run();
            live.forEach(each -> unpublished.remove(each.id()));
            if (expected.name().equals("lending")) {
                epoch = newEpoch;
                again = false;
                rebuilds++;
            } else {
                epochs.put(expected.name(), newEpoch);
            }
            return new Done(live.size());
        }

        @Override
        public void forgetGone(Instant now, BiConsumer<String, String> drop) {
            // No realm goes
        }

        @Override
        public Map<String, List<Revocation>> repeatNotBefores(Instant now) {
            Map<String, List<Revocation>> repeated = Map.copyOf(notBefores);
            notBefores.clear();
            return repeated;
        }

        @Override
        public void noteLifetimes(Instant now) {
            // Nothing here has a lifetime of its own
        }

        @Override
        public int purge(Instant now, int limit) {
            int before = rows.size();
            rows.values().removeIf(row -> !row.revocation().expiresAt().isAfter(now));
            return before - rows.size();
        }
    }

    private static final class FakePublisher implements RevocationPublisher {
        private final List<String> published = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final Map<String, Instant> watermarks = new HashMap<>();
        private final Map<String, String> others = new HashMap<>();
        private final Set<String> broken = new HashSet<>();
        private final Set<String> flawed = new HashSet<>();
        private final List<Long> live = new ArrayList<>();
        private String epoch;
        private Instant watermark;
        private Instant claims;
        private long strays;
        private boolean taken;
        private boolean down;
        private int answersLeft = Integer.MAX_VALUE;

        @Override
        public Published publish(String realm, List<Revocation> revocations) {
            requireUp(realm);
            if (flawed.contains(realm)) {
                throw new OutOfMemoryError("as a test has it");
            }
            if (answersLeft-- <= 0) {
                throw new PublishException("no more", new RuntimeException());
            }
            List<String> ids = revocations.stream().map(Revocation::id).toList();
            published.addAll(ids);
            log.add(ids.stream().collect(Collectors.joining(",", "publish ", "")));
            return new Published(epoch(realm));
        }

        private String epoch(String realm) {
            return realm.equals("lending") ? epoch : others.get(realm);
        }

        private void name(String realm, String name) {
            if (realm.equals("lending")) {
                epoch = name;
            } else {
                others.put(realm, name);
            }
        }

        @Override
        public Map<String, Verdict> advance(Collection<Claim> all) {
            Map<String, Verdict> verdicts = new HashMap<>();
            all.forEach(claim -> verdicts.put(claim.realm(), verdict(claim)));
            return verdicts;
        }

        private Verdict verdict(Claim claim) {
            try {
                requireUp(claim.realm());
            } catch (PublishException e) {
                return new Unknown(e);
            }
            if (!claim.epoch().equals(epoch(claim.realm()))) {
                return new Lost();
            }
            if (claim.live() != null) {
                live.add(claim.live());
            }
            if (claim.watermark() != null) {
                watermarks.put(claim.realm(), claim.watermark());
                if (claim.realm().equals("lending")) {
                    watermark = claim.watermark();
                }
            }
            return new Intact(claims == null ? watermarks.get(claim.realm()) : claims, strays, false);
        }

        @Override
        public DataSet inspect(String realm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean clear(String realm, String expected, boolean force) {
            requireUp(realm);
            if (taken && !force) {
                return false;
            }
            log.add("clear");
            name(realm, null);
            return true;
        }

        @Override
        public void seal(String realm, String newEpoch) {
            requireUp(realm);
            log.add("seal " + newEpoch);
            name(realm, newEpoch);
        }

        @Override
        public void withdraw(String realm, Selector selector) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void drop(String realm, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}

        private void requireUp(String realm) {
            if (down) {
                throw new PublishException("down", new RuntimeException());
            }
            if (broken.contains(realm)) {
                throw new PublishException("WRONGTYPE", new RuntimeException(), PublishException.Reach.REALM);
            }
        }
    }
}
