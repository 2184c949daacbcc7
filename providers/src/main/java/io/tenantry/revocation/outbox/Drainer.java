package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.CircuitBreaker;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RevocationMetrics;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.revocation.outbox.Outbox.ListeningRealm;
import io.tenantry.revocation.outbox.Outbox.Pending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in seeing every committed revocation published: what a request could not publish in time, the watermark,
 * the rebuilding of a data set that was lost, and the purge, which is all that is left to do without a publisher. Not thread-safe: {@link DrainerThread} runs it.
 */
final class Drainer {
    /** How long a row is left to the request that wrote it. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** Rows a transaction holds while they are published: enough for its commit to be felt by none of them. */
    static final int DRAIN_BATCH = 5_000;

    /** With more pending than this no watermark moves: it would take longer to find out than to drain them. */
    static final int MAX_PENDING_KNOWN = 10_000;

    static final int PURGE_BATCH = 1_000;
    private static final int TRIM_EVERY_TICKS = 10;
    private static final int PURGE_EVERY_TICKS = 10;

    private static final Logger LOG = Logger.getLogger(Drainer.class);

    private final Outbox outbox;
    private final @Nullable RevocationPublisher publisher;
    private final CircuitBreaker breaker;
    private final Clock clock;
    private final Supplier<String> epochs;
    private final RevocationMetrics metrics;
    private final Executor helper;
    private final Map<String, Instant> latestWatermarks = new HashMap<>();
    private final Watermarks watermarks = new Watermarks();
    private long ticks;

    /**
     * A node's drainer.
     *
     * @param helper where the second half of a large backlog is drained
     */
    Drainer(
            Outbox outbox,
            @Nullable RevocationPublisher publisher,
            CircuitBreaker breaker,
            Clock clock,
            Supplier<String> epochs,
            RevocationMetrics metrics,
            Executor helper) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.breaker = breaker;
        this.clock = clock;
        this.epochs = epochs;
        this.metrics = metrics;
        this.helper = helper;
    }

    /** Notes what requests have published themselves. */
    void acknowledge(DataSetName dataSet, Set<String> ids) {
        outbox.markPublished(dataSet, ids, clock.instant());
    }

    /** Does once what must be done every second; a failure leaves the rest to the next time. */
    void tick() {
        RevocationPublisher target = publisher;
        if (target != null) {
            publishThrough(target);
        }
        Outbox.Backlog backlog = outbox.backlog(clock.instant());
        metrics.backlog(backlog.count(), backlog.oldest());
        if (ticks % PURGE_EVERY_TICKS == 0) {
            outbox.noteLifetimes(clock.instant());
            purge();
        }
        ticks++;
    }

    private void publishThrough(RevocationPublisher target) {
        try {
            drain(target);
            advance(target);
            if (breaker.succeeded()) {
                LOG.info("Revocations are published while requests wait again");
            }
        } catch (PublishException e) {
            String reason = String.valueOf(e.getMessage());
            if (breaker.failed(reason)) {
                LOG.warnf(
                        "Revocations cannot be published; they stay in the table, every attempt is repeated, and until"
                                + " it succeeds consumers see their knowledge grow stale: %s",
                        reason);
            } else {
                LOG.debugf("Revocations still cannot be published: %s", reason);
            }
        }
    }

    private void drain(RevocationPublisher target) {
        Set<String> kept =
                outbox.listeningRealms().stream().map(ListeningRealm::name).collect(Collectors.toSet());
        long total = 0;
        if (breaker.isOpen()) {
            // One is enough to find out whether it answers again
            total += drainBatch(target, Instant.EPOCH, 1, kept, Set.of()).published();
        }
        Outbox.Drained first = drainBatch(target, Instant.EPOCH, DRAIN_BATCH, kept, Set.of());
        total += first.published();
        if (first.found() == DRAIN_BATCH) {
            // Two at a time, as two nodes would: the database works for one while the publisher does for the other
            CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> drainFrom(first, target, kept), helper);
            try {
                total += drainFrom(first, target, kept);
            } finally {
                // Neither may publish into a data set that is about to be judged
                other.handle((drained, failure) -> null).join();
            }
            total += joined(other);
        }
        if (total > 0) {
            LOG.infof("Published %d revocations that had been waiting", total);
        }
    }

    /** Goes on after a batch until one is not full; returns how many it has published. */
    private long drainFrom(Outbox.Drained previous, RevocationPublisher target, Set<String> kept) {
        // Their data sets are missing, or about to be exchanged: they wait until that is done
        Set<String> passedOver = new HashSet<>();
        long total = 0;
        Outbox.Drained drained = previous;
        do {
            passedOver.addAll(drained.unnamed());
            drained = drainBatch(target, drained.upTo(), DRAIN_BATCH, kept, passedOver);
            total += drained.published();
        } while (drained.found() == DRAIN_BATCH);
        return total;
    }

    private Outbox.Drained drainBatch(
            RevocationPublisher target, Instant from, int limit, Set<String> kept, Set<String> passedOver) {
        Instant now = clock.instant();
        Outbox.Drained drained = outbox.drain(now, from, now.minus(GRACE), limit, kept, passedOver, target::publish);
        metrics.published(RevocationMetrics.Way.DRAINER, drained.published());
        return drained;
    }

    private static long joined(CompletableFuture<Long> drained) {
        try {
            return drained.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void advance(RevocationPublisher target) {
        List<ListeningRealm> realms = outbox.listeningRealms();
        Map<String, Duration> retentions =
                ticks % TRIM_EVERY_TICKS == 0 ? outbox.retentions(clock.instant()) : Map.of();
        // In this order: what is committed by the moment read is then among the rows read
        Instant clockRead = clock.instant();
        List<Pending> pending = outbox.pending(clockRead, MAX_PENDING_KNOWN + 1);
        Map<String, Set<String>> pendingByRealm = new HashMap<>();
        for (Pending each : pending) {
            pendingByRealm
                    .computeIfAbsent(each.realm(), realm -> new HashSet<>())
                    .add(each.id());
        }
        boolean tooMany = pending.size() > MAX_PENDING_KNOWN;
        for (ListeningRealm realm : realms) {
            Set<String> ids = tooMany ? null : pendingByRealm.getOrDefault(realm.name(), Set.of());
            Instant watermark = watermarks.advance(realm.name(), clockRead, ids);
            if (!isIntact(target, realm, watermark, retentions.get(realm.name()))) {
                rebuild(target, realm);
            } else if (watermark != null) {
                latestWatermarks.put(realm.name(), watermark);
            }
        }
        latestWatermarks
                .keySet()
                .retainAll(realms.stream().map(ListeningRealm::name).toList());
        metrics.watermark(
                latestWatermarks.values().stream().min(Instant::compareTo).orElse(null));
    }

    private boolean isIntact(
            RevocationPublisher target,
            ListeningRealm realm,
            @Nullable Instant watermark,
            @Nullable Duration retention) {
        String epoch = realm.epoch();
        if (epoch == null) {
            return false;
        }
        return switch (target.advance(realm.name(), epoch, watermark, retention)) {
            case INTACT -> true;
            case LOST -> false;
        };
    }

    private void rebuild(RevocationPublisher target, ListeningRealm realm) {
        String name = realm.name();
        String epoch = epochs.get();
        long count = outbox.rebuild(
                realm,
                epoch,
                clock.instant(),
                () -> target.clear(name),
                (List<Revocation> page) -> target.publish(name, page),
                () -> target.seal(name, epoch));
        if (count >= 0) {
            metrics.healed(count);
            LOG.infof("Published all %d live revocations of realm %s anew, as data set %s", count, name, epoch);
        }
    }

    private void purge() {
        int purged;
        do {
            purged = outbox.purge(clock.instant(), PURGE_BATCH);
        } while (purged == PURGE_BATCH);
    }
}
