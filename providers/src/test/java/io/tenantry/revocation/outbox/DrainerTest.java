package io.tenantry.revocation.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.CircuitBreaker;
import io.tenantry.revocation.PublishException;
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
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrainerTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private final ManualClock clock = new ManualClock(START);
    private final FakeOutbox outbox = new FakeOutbox();
    private final FakePublisher publisher = new FakePublisher();
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final AtomicInteger epochs = new AtomicInteger();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RevocationMetrics metrics = new RevocationMetrics(meters, clock, breaker::isOpen);
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
        assertThat(outbox.pending(clock.instant(), 10)).isEmpty();
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
            assertThat(breaker.isOpen()).isTrue();
        }
        assertThat(publisher.watermark).isEqualTo(START);
        publisher.down = false;
        clock.advance(Duration.ofSeconds(2));
        drainer.tick();
        assertThat(publisher.published).containsExactly("r1");
        assertThat(breaker.isOpen()).isFalse();
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
        assertThat(breaker.isOpen()).isTrue();
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
    void aFailureOfTheSecondOfTwoHoldsTheWatermarkBackToo() {
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
        assertThat(breaker.isOpen()).isTrue();
        assertThat(publisher.watermark).isEqualTo(START);
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
        new Drainer(outbox, null, breaker, clock, () -> "never", metrics, Runnable::run).tick();
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
        return new Drainer(outbox, publisher, breaker, clock, () -> "e" + epochs.incrementAndGet(), metrics, helper);
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
        private boolean heldElsewhere;
        private boolean heldByRebuild;
        private String epoch;

        void add(String id, Instant now) {
            addTo("lending", id, now);
        }

        void addTo(String realm, String id, Instant now) {
            Row row = new Row(realm, new Revocation(id, Selector.sid(id), now, now.plusSeconds(360), "logout"), now);
            rows.put(id, row);
            unpublished.put(id, row);
        }

        @Override
        public Drained drain(
                Instant now,
                Instant createdFrom,
                Instant createdBefore,
                int limit,
                Set<String> kept,
                Set<String> passedOver,
                Publishing publisher) {
            if (heldElsewhere) {
                return new Drained(0, createdFrom, 0, Set.of());
            }
            lookedFrom.add(createdFrom);
            limits.add(limit);
            List<Row> found = unpublished.values().stream()
                    .filter(row -> !row.createdAt().isBefore(createdFrom)
                            && row.createdAt().isBefore(createdBefore)
                            && !passedOver.contains(row.realm()))
                    .limit(limit)
                    .toList();
            Instant upTo =
                    found.isEmpty() ? createdFrom : found.get(found.size() - 1).createdAt();
            Map<String, List<Revocation>> due = found.stream()
                    .collect(Collectors.groupingBy(
                            Row::realm, Collectors.mapping(Row::revocation, Collectors.toList())));
            int before = unpublished.size();
            Set<String> unnamed = new HashSet<>();
            due.forEach((realm, revocations) -> {
                String into = publisher.apply(realm, revocations).epoch();
                if (!kept.contains(realm) || isNamed(into)) {
                    revocations.forEach(each -> unpublished.remove(each.id()));
                } else {
                    unnamed.add(realm);
                }
            });
            return new Drained(found.size(), upTo, before - unpublished.size(), unnamed);
        }

        private boolean isNamed(String into) {
            return into != null && into.equals(epoch) && !heldByRebuild;
        }

        @Override
        public void markPublished(DataSetName dataSet, Collection<String> ids, Instant now) {
            if (isNamed(dataSet.epoch())) {
                unpublished.keySet().removeAll(ids);
            }
        }

        @Override
        public List<Pending> pending(Instant now, int limit) {
            return unpublished.keySet().stream()
                    .limit(limit)
                    .map(id -> new Pending(id, unpublished.get(id).realm()))
                    .toList();
        }

        @Override
        public Backlog backlog(Instant now) {
            return new Backlog(
                    unpublished.size(),
                    unpublished.values().stream()
                            .map(Row::createdAt)
                            .min(Instant::compareTo)
                            .orElse(null));
        }

        @Override
        public List<ListeningRealm> listeningRealms() {
            return List.of(new ListeningRealm("lending", epoch));
        }

        @Override
        public Map<String, Duration> retentions(Instant now) {
            return new HashMap<>();
        }

        @Override
        public long rebuild(
                ListeningRealm expected,
                String newEpoch,
                Instant now,
                Runnable clear,
                Consumer<List<Revocation>> publisher,
                Runnable seal) {
            if (heldByRebuild) {
                return -1;
            }
            clear.run();
            List<Revocation> live = rows.values().stream()
                    .filter(row -> row.realm().equals(expected.name()))
                    .map(Row::revocation)
                    .toList();
            if (!live.isEmpty()) {
                publisher.accept(live);
            }
            seal.run();
            live.forEach(each -> unpublished.remove(each.id()));
            epoch = newEpoch;
            return live.size();
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
        private String epoch;
        private Instant watermark;
        private boolean down;
        private int answersLeft = Integer.MAX_VALUE;

        @Override
        public Published publish(String realm, List<Revocation> revocations) {
            requireUp();
            if (answersLeft-- <= 0) {
                throw new PublishException("no more", new RuntimeException());
            }
            List<String> ids = revocations.stream().map(Revocation::id).toList();
            published.addAll(ids);
            log.add(ids.stream().collect(Collectors.joining(",", "publish ", "")));
            return new Published(epoch);
        }

        @Override
        public DataSetState advance(String realm, String expected, Instant at, Duration retention) {
            requireUp();
            if (!expected.equals(epoch)) {
                return DataSetState.LOST;
            }
            if (at != null) {
                watermark = at;
            }
            return DataSetState.INTACT;
        }

        @Override
        public DataSet inspect(String realm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clear(String realm) {
            requireUp();
            log.add("clear");
            epoch = null;
        }

        @Override
        public void seal(String realm, String newEpoch) {
            requireUp();
            log.add("seal " + newEpoch);
            epoch = newEpoch;
        }

        @Override
        public void close() {}

        private void requireUp() {
            if (down) {
                throw new PublishException("down", new RuntimeException());
            }
        }
    }
}
