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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrainerTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private final ManualClock clock = new ManualClock();
    private final FakeOutbox outbox = new FakeOutbox();
    private final FakePublisher publisher = new FakePublisher();
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final AtomicInteger epochs = new AtomicInteger();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RevocationMetrics metrics = new RevocationMetrics(meters, clock, breaker::isOpen);
    private final Drainer drainer =
            new Drainer(outbox, publisher, breaker, clock, () -> "e" + epochs.incrementAndGet(), metrics);

    @Test
    void theFirstTickBuildsTheDataSetAndTheNextOnesKeepTheWatermarkCurrent() {
        drainer.tick();
        assertThat(publisher.log).containsExactly("clear", "seal e1");
        clock.advance(1);
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
        drainer.acknowledge(Set.of("r1"));
        clock.advance(1);
        drainer.tick();
        assertThat(publisher.published).isEmpty();
        assertThat(publisher.watermark).isEqualTo(clock.instant());
    }

    @Test
    void whatARequestCouldNotPublishIsPublishedAndMarked() {
        built();
        outbox.add("r1", clock.instant());
        clock.advance(2);
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
        clock.advance(2);
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
            clock.advance(2);
            drainer.tick();
            assertThat(breaker.isOpen()).isTrue();
        }
        assertThat(publisher.watermark).isEqualTo(START);
        publisher.down = false;
        clock.advance(2);
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
        drainer.acknowledge(Set.of("r1"));
        publisher.epoch = null;
        publisher.log.clear();
        drainer.tick();
        assertThat(publisher.log).containsExactly("clear", "publish r1,r2", "seal e2");
        assertThat(outbox.epoch).isEqualTo("e2");
    }

    @Test
    void moreThanABatchIsDrainedInOneTick() {
        built();
        for (int i = 0; i < Drainer.DRAIN_BATCH * 2 + 1; i++) {
            outbox.add(String.format("r%05d", i), clock.instant());
        }
        clock.advance(2);
        drainer.tick();
        assertThat(publisher.published).hasSize(Drainer.DRAIN_BATCH * 2 + 1);
    }

    @Test
    void withTooMuchPendingToTellTheWatermarkStandsButTheDataSetIsChecked() {
        built();
        outbox.heldElsewhere = true;
        for (int i = 0; i <= Drainer.MAX_PENDING_KNOWN; i++) {
            outbox.add(String.format("r%05d", i), clock.instant());
        }
        clock.advance(2);
        publisher.epoch = "foreign";
        drainer.tick();
        assertThat(publisher.watermark).isEqualTo(START);
        assertThat(publisher.epoch).isEqualTo("e2");
    }

    @Test
    void theExpiredIsPurgedEvenWithoutAPublisher() {
        outbox.add("r1", clock.instant());
        clock.advance(3_600);
        new Drainer(outbox, null, breaker, clock, () -> "never", metrics).tick();
        assertThat(outbox.rows).isEmpty();
    }

    @Test
    void metricsTellWhatWaitsWhileThePublisherIsDeadAndWhoPublishedItThen() {
        built();
        outbox.add("r1", clock.instant());
        publisher.down = true;
        clock.advance(7);
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
        assertThat(meters.get("tenantry.revocations.published")
                        .tag("by", "drainer")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("tenantry.revocations.heals").counter().count()).isEqualTo(1);
    }

    private double gauge(String name) {
        return meters.get("tenantry.revocations." + name).gauge().value();
    }

    private void built() {
        drainer.tick();
        drainer.tick();
        assertThat(publisher.watermark).isEqualTo(START);
        publisher.log.clear();
    }

    private static final class ManualClock extends Clock {
        private Instant now = START;

        void advance(long seconds) {
            now = now.plusSeconds(seconds);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class FakeOutbox implements Outbox {
        private record Row(Revocation revocation, Instant createdAt) {}

        private final Map<String, Row> rows = new TreeMap<>();
        private final Map<String, Row> unpublished = new LinkedHashMap<>();
        private boolean heldElsewhere;
        private String epoch;

        void add(String id, Instant now) {
            Row row = new Row(new Revocation(id, Selector.sid(id), now, now.plusSeconds(360), "logout"), now);
            rows.put(id, row);
            unpublished.put(id, row);
        }

        @Override
        public int drain(
                Instant now, Instant createdBefore, int limit, BiConsumer<String, List<Revocation>> publisher) {
            if (heldElsewhere) {
                return 0;
            }
            List<Revocation> due = unpublished.values().stream()
                    .filter(row -> row.createdAt().isBefore(createdBefore))
                    .limit(limit)
                    .map(Row::revocation)
                    .toList();
            if (!due.isEmpty()) {
                publisher.accept("lending", due);
            }
            due.forEach(revocation -> unpublished.remove(revocation.id()));
            return due.size();
        }

        @Override
        public void markPublished(Collection<String> ids, Instant now) {
            unpublished.keySet().removeAll(ids);
        }

        @Override
        public List<Pending> pending(Instant now, int limit) {
            return unpublished.keySet().stream()
                    .limit(limit)
                    .map(id -> new Pending(id, "lending"))
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
            clear.run();
            if (!rows.isEmpty()) {
                publisher.accept(rows.values().stream().map(Row::revocation).toList());
            }
            epoch = newEpoch;
            seal.run();
            return rows.size();
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

        @Override
        public void publish(String realm, List<Revocation> revocations) {
            requireUp();
            List<String> ids = revocations.stream().map(Revocation::id).toList();
            published.addAll(ids);
            log.add(ids.stream().collect(Collectors.joining(",", "publish ", "")));
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
