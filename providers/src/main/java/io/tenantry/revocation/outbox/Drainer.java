package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.OfflineRealms;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RealmBreakers;
import io.tenantry.revocation.RealmNotices;
import io.tenantry.revocation.RealmNotices.Notice;
import io.tenantry.revocation.RevocationMetrics;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.revocation.RevocationPublisher.Claim;
import io.tenantry.revocation.RevocationPublisher.Intact;
import io.tenantry.revocation.RevocationPublisher.Lost;
import io.tenantry.revocation.RevocationPublisher.Unknown;
import io.tenantry.revocation.RevocationPublisher.Verdict;
import io.tenantry.revocation.outbox.Outbox.Batch;
import io.tenantry.revocation.outbox.Outbox.Drained;
import io.tenantry.revocation.outbox.Outbox.ListeningRealm;
import io.tenantry.revocation.outbox.Outbox.Pending;
import io.tenantry.revocation.outbox.Outbox.Rebuilt;
import io.tenantry.revocation.outbox.Outbox.Waiting;
import io.tenantry.time.StepWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in seeing every committed revocation published: what a request could not publish in time, the watermark,
 * the rebuilding of a data set that was lost, and the purge, which is all that is left to do without a publisher. Realms
 * are drained and rebuilt side by side, and what one of them meets is no other's. Not thread-safe: {@link DrainerThread}
 * runs it.
 */
final class Drainer {
    /** How long a row is left to the request that wrote it. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** Rows a transaction holds while they are published: enough for its commit to be felt by none of them. */
    static final int DRAIN_BATCH = 5_000;

    /** With more pending than this in a realm its watermark does not move: draining them takes less time than looking. */
    static final int MAX_PENDING_KNOWN = 10_000;

    /** The same of all realms together; those with the fewest are looked at. */
    static final int MAX_PENDING_KNOWN_OF_ALL = 50_000;

    /** How long a data set is left alone that was published anew by order: new consumers must be able to load it. */
    static final Duration REST = Duration.ofSeconds(5);

    static final int PURGE_BATCH = 1_000;
    private static final int COUNT_EVERY_TICKS = 10;
    private static final int PURGE_EVERY_TICKS = 10;

    /** How long nothing is purged after this node's clock has jumped. */
    static final Duration DISTRUST = Duration.ofMinutes(5);

    /** A watermark further ahead of this node's clock than this is news. */
    private static final Duration AHEAD = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(Drainer.class);

    private final Outbox outbox;
    private final @Nullable RevocationPublisher publisher;
    private final RealmBreakers breakers;
    private final RealmNotices notices;
    private final OfflineRealms offline;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Supplier<String> epochs;
    private final RevocationMetrics metrics;
    private final RealmWork work;
    private final StepWatch steps;
    private final Map<String, Instant> latestWatermarks = new HashMap<>();
    private final Map<String, Instant> listeningSince = new HashMap<>();
    private final Map<String, SeenEpoch> seenEpochs = new HashMap<>();
    private final Watermarks watermarks = new Watermarks();
    private final LateRows late = new LateRows();

    /** What could not be published in this tick is no success because its data set is intact. */
    private final Set<String> failedSince = ConcurrentHashMap.newKeySet();

    /** Realms whose data set is another installation's: nothing is published into it. */
    private final Set<String> contested = ConcurrentHashMap.newKeySet();

    private String jumped = "";
    private long ticks;

    private record SeenEpoch(String epoch, long sinceNanos) {}

    /**
     * A node's drainer.
     *
     * @param nanoTime the monotonic clock
     * @param work where realms are worked on
     */
    Drainer(
            Outbox outbox,
            @Nullable RevocationPublisher publisher,
            RealmBreakers breakers,
            RealmNotices notices,
            OfflineRealms offline,
            Clock clock,
            LongSupplier nanoTime,
            Supplier<String> epochs,
            RevocationMetrics metrics,
            RealmWork work) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.breakers = breakers;
        this.notices = notices;
        this.offline = offline;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.epochs = epochs;
        this.metrics = metrics;
        this.work = work;
        this.steps = new StepWatch(clock, nanoTime, DISTRUST);
    }

    /** Notes what requests have published themselves. */
    void acknowledge(DataSetName dataSet, Set<String> ids) {
        outbox.markPublished(dataSet, ids, clock.instant());
    }

    /** Does once what must be done every second; a failure leaves the rest to the next time. */
    void tick() {
        steps.look().ifPresent(by -> {
            jumped = String.format(
                    "The clock of this node has jumped by %s: what expires is kept for %s. Look at how it is synchronised.",
                    by, DISTRUST);
            LOG.error(jumped);
        });
        RevocationPublisher target = publisher;
        if (ticks == 0) {
            outbox.readAgain();
        }
        Map<String, List<Revocation>> notBefores = outbox.repeatNotBefores(clock.instant());
        if (target != null) {
            work.sideBySide(
                    notBefores.keySet().stream()
                            .filter(realm -> !breakers.isOpen(realm) && !contested.contains(realm))
                            .toList(),
                    breakers::isOpen,
                    realm -> attempt(realm, () -> publishNow(target, realm, required(notBefores, realm))));
        }
        offline.known(outbox.realmsWithOfflineSessions());
        if (target != null) {
            publishThrough(target);
        }
        Map<String, Waiting> waiting = outbox.waiting(clock.instant());
        metrics.backlog(
                waiting.values().stream().mapToLong(Waiting::count).sum(),
                waiting.values().stream()
                        .map(Waiting::oldest)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
        if (ticks % PURGE_EVERY_TICKS == 0) {
            outbox.noteLifetimes(clock.instant());
            if (steps.isSteady()) {
                purge();
                if (target != null) {
                    forgetGone(target);
                }
            }
        }
        ticks++;
    }

    /** What nobody else publishes, as no request waits for it; what cannot be is drained like all that waits. */
    private void publishNow(RevocationPublisher target, String realm, List<Revocation> revocations) {
        String epoch = target.publish(realm, revocations).epoch();
        if (epoch != null) {
            metrics.published(RevocationMetrics.Way.DRAINER, revocations.size());
            acknowledge(
                    new DataSetName(realm, epoch),
                    revocations.stream().map(Revocation::id).collect(Collectors.toSet()));
        }
    }

    private void publishThrough(RevocationPublisher target) {
        failedSince.clear();
        List<ListeningRealm> realms = outbox.listeningRealms(clock.instant());
        Set<String> names = realms.stream().map(ListeningRealm::name).collect(Collectors.toSet());
        names.forEach(this::noteJump);
        if (drain(target, names)) {
            advance(target, realms);
        }
        breakers.retain(names);
        notices.retain(names);
        seenEpochs.keySet().retainAll(names);
        contested.retainAll(names);
    }

    private void noteJump(String realm) {
        if (steps.isSteady()) {
            notices.unsay(realm, Notice.CLOCK_STEPPED);
        } else {
            notices.say(realm, Notice.CLOCK_STEPPED, jumped);
        }
    }

    /** Publishes what waits; false if it turned out that nobody answers at all. */
    private boolean drain(RevocationPublisher target, Set<String> kept) {
        Instant now = clock.instant();
        List<String> due = outbox.waiting(now).entrySet().stream()
                .filter(each -> each.getValue().oldest().isBefore(now.minus(GRACE))
                        || each.getValue().youngest().isAfter(now.plus(GRACE)))
                .map(Map.Entry::getKey)
                .toList();
        if (!mayAnswer(target, due, kept)) {
            return false;
        }
        work.sideBySide(
                due, breakers::isOpen, realm -> attempt(realm, () -> drain(target, realm, kept.contains(realm))));
        return true;
    }

    /**
     * Has one row published if nobody answered last; false if nobody does now either, which one is enough to find out. True
     * as well where there is none to be had, as when another node holds them all.
     */
    private boolean mayAnswer(RevocationPublisher target, List<String> due, Set<String> kept) {
        Instant before = clock.instant().minus(GRACE);
        for (String realm : due) {
            if (!breakers.isOpenForEvery()) {
                return true;
            }
            Batch one = new Batch(realm, Instant.EPOCH, before, 1, kept.contains(realm));
            if (!contested.contains(realm) && !attempt(realm, () -> succeeded(realm, drainBatch(target, one)))) {
                return false;
            }
        }
        return true;
    }

    private void drain(RevocationPublisher target, String realm, boolean kept) {
        if (breakers.isOpenForEvery() || contested.contains(realm)) {
            // Found out since this was asked for; or what is there is somebody else's
            return;
        }
        Instant before = clock.instant().minus(GRACE);
        long total = 0;
        if (breakers.isOpen(realm)) {
            // One is enough to find out whether it is taken again
            Drained one = drainBatch(target, new Batch(realm, Instant.EPOCH, before, 1, kept));
            if (one.unnamed()) {
                return;
            }
            total += one.published();
        }
        Drained first = drainBatch(target, new Batch(realm, Instant.EPOCH, before, DRAIN_BATCH, kept));
        total += first.published();
        if (first.found() == DRAIN_BATCH && !first.unnamed()) {
            // Two at a time, as two nodes would: the database works for one while the publisher does for the other
            CompletableFuture<Long> other = work.aside(() -> drainFrom(first, target, realm, kept));
            try {
                total += drainFrom(first, target, realm, kept);
            } finally {
                // Neither may publish into a data set that is about to be judged
                other.handle((drained, failure) -> null).join();
            }
            total += joined(other);
        }
        if (total > 0) {
            LOG.infof("Published %d revocations of realm %s that had been waiting", total, realm);
        }
        if (first.found() > 0 && !first.unnamed()) {
            breakers.succeeded(realm);
        }
    }

    /** Goes on after a batch until one is not full; returns how many it has published. */
    private long drainFrom(Drained previous, RevocationPublisher target, String realm, boolean kept) {
        long total = 0;
        Drained drained = previous;
        do {
            drained = drainBatch(
                    target, new Batch(realm, drained.upTo(), clock.instant().minus(GRACE), DRAIN_BATCH, kept));
            total += drained.published();
            // Where its data set is missing, or about to be exchanged, the rest waits until that is done
        } while (drained.found() == DRAIN_BATCH && !drained.unnamed());
        return total;
    }

    private Drained drainBatch(RevocationPublisher target, Batch batch) {
        Instant now = clock.instant();
        Drained drained = outbox.drain(
                batch,
                now,
                () -> late.seenAt(clock.instant()),
                revocations -> target.publish(batch.realm(), revocations));
        metrics.published(RevocationMetrics.Way.DRAINER, drained.published());
        return drained;
    }

    private void succeeded(String realm, Drained drained) {
        if (drained.found() > 0) {
            breakers.succeeded(realm);
        }
    }

    private static long joined(CompletableFuture<Long> drained) {
        try {
            return drained.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void advance(RevocationPublisher target, List<ListeningRealm> realms) {
        boolean counting = ticks % COUNT_EVERY_TICKS == 0;
        Map<String, Long> live = counting ? outbox.published(clock.instant()) : Map.of();
        // In this order: what is committed by the moment read is then among the rows read
        Instant clockRead = clock.instant();
        Look look = look(clockRead);
        List<Claim> claims = new ArrayList<>();
        List<ListeningRealm> unsound = new ArrayList<>();
        for (ListeningRealm realm : realms) {
            String name = realm.name();
            Instant watermark = watermarks.advance(name, clockRead, look.pendingOf(name));
            String epoch = realm.epoch();
            listeningSince.putIfAbsent(name, clockRead);
            if (work.isBusy(name)) {
                continue;
            }
            if (epoch == null || realm.wasOff() || (realm.again() && hasRested(name, epoch))) {
                unsound.add(realm);
            } else {
                claims.add(new Claim(
                        name, epoch, watermark, clock.instant(), counting ? live.getOrDefault(name, 0L) : null));
            }
        }
        Map<String, ListeningRealm> byName =
                realms.stream().collect(Collectors.toMap(ListeningRealm::name, realm -> realm));
        if (!claims.isEmpty()) {
            target.advance(claims).forEach((name, verdict) -> judge(byName, name, verdict, unsound));
        }
        Map<String, ListeningRealm> toBuild =
                unsound.stream().collect(Collectors.toMap(ListeningRealm::name, realm -> realm));
        work.sideBySide(
                toBuild.keySet(),
                breakers::isOpen,
                name -> attempt(name, () -> rebuild(target, required(toBuild, name))));
        if (counting) {
            noteUnreadable(realms);
        }
        tellWatermarks(realms);
    }

    /**
     * What a look at the table has shown.
     *
     * @param pending the ids of what waits, by realm
     * @param tooMany realms of which nobody has looked what waits
     */
    private record Look(Map<String, Set<String>> pending, Set<String> tooMany) {
        @Nullable Set<String> pendingOf(String realm) {
            return tooMany.contains(realm) ? null : pending.getOrDefault(realm, Set.of());
        }
    }

    private Look look(Instant clockRead) {
        Set<String> tooMany = new HashSet<>();
        long budget = MAX_PENDING_KNOWN_OF_ALL;
        List<Map.Entry<String, Waiting>> fewestFirst = outbox.waiting(clockRead).entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getValue().count()))
                .toList();
        for (Map.Entry<String, Waiting> each : fewestFirst) {
            long count = each.getValue().count();
            budget -= count;
            if (count > MAX_PENDING_KNOWN || budget < 0) {
                tooMany.add(each.getKey());
            }
        }
        List<Pending> rows =
                fewestFirst.isEmpty() ? List.of() : outbox.pending(clockRead, tooMany, 2 * MAX_PENDING_KNOWN_OF_ALL);
        late.looked(clockRead, clock.instant(), rows);
        return new Look(
                rows.stream()
                        .collect(Collectors.groupingBy(
                                Pending::realm, Collectors.mapping(Pending::id, Collectors.toSet()))),
                tooMany);
    }

    private void judge(Map<String, ListeningRealm> byName, String name, Verdict verdict, List<ListeningRealm> unsound) {
        if (verdict instanceof Intact intact) {
            contested.remove(name);
            if (!failedSince.contains(name) && breakers.succeeded(name)) {
                LOG.infof("Revocations of realm %s are published while requests wait again", name);
            }
            Instant watermark = intact.watermark();
            if (watermark != null) {
                latestWatermarks.put(name, watermark);
            }
            notice(name, intact);
        } else if (verdict instanceof Lost) {
            unsound.add(required(byName, name));
        } else {
            failed(name, ((Unknown) verdict).reason());
        }
    }

    private void notice(String realm, Intact intact) {
        Instant watermark = intact.watermark();
        Instant now = clock.instant();
        if (watermark != null && watermark.isAfter(now.plus(AHEAD))) {
            notices.say(
                    realm,
                    Notice.CLOCK_AHEAD,
                    "The watermark lies " + Duration.between(now, watermark).toSeconds()
                            + " s ahead of this node's clock: the clock of a node was or is wrong.");
        } else {
            notices.unsay(realm, Notice.CLOCK_AHEAD);
        }
        if (intact.contested()) {
            notices.say(
                    realm,
                    Notice.CONTESTED,
                    "Another installation wants to publish a realm of this name under the same prefix.");
        } else {
            notices.unsay(realm, Notice.CONTESTED);
        }
        if (intact.strays() > 0) {
            metrics.strays(intact.strays());
            LOG.warnf(
                    "%d entries that nobody can read were taken out of the stream of realm %s: somebody else writes there",
                    intact.strays(), realm);
            notices.say(
                    realm,
                    Notice.STRAYS,
                    "Entries that nobody can read were taken out of the stream, last at " + now + ".");
        }
    }

    private boolean hasRested(String realm, String epoch) {
        long now = nanoTime.getAsLong();
        SeenEpoch seen = seenEpochs.get(realm);
        // One that has another name since the last look has just been built
        return seen == null || (seen.epoch().equals(epoch) && now - seen.sinceNanos() >= REST.toNanos());
    }

    private void rebuild(RevocationPublisher target, ListeningRealm realm) {
        String name = realm.name();
        String epoch = epochs.get();
        boolean force = realm.again();
        Rebuilt rebuilt = outbox.rebuild(
                realm,
                epoch,
                clock.instant(),
                () -> target.clear(name, realm.epoch(), force),
                () -> late.seenAt(clock.instant()),
                (List<Revocation> page) -> target.publish(name, page),
                () -> target.seal(name, epoch));
        if (rebuilt instanceof Outbox.Done done) {
            breakers.succeeded(name);
            contested.remove(name);
            metrics.healed(done.count());
            LOG.infof("Published all %d live revocations of realm %s anew, as data set %s", done.count(), name, epoch);
        } else if (rebuilt instanceof Outbox.Contested) {
            contested.add(name);
            failed(
                    name,
                    new PublishException(
                            "another installation publishes a realm of the name " + name + " under the same prefix:"
                                    + " give each a prefix of its own, or a Redis of its own",
                            new IllegalStateException("contested"),
                            PublishException.Reach.REALM));
        }
    }

    /** Does something for a realm; false if it met that nobody answers at all. */
    private boolean attempt(String realm, Runnable step) {
        try {
            step.run();
        } catch (PublishException e) {
            failed(realm, e);
            return e.reach() == PublishException.Reach.REALM;
        } catch (RejectedExecutionException e) {
            LOG.debugf("Realm %s has to wait: the server is stopping", realm);
        } catch (RuntimeException e) {
            // The database's trouble is logged by whoever has it too; here it only means to try again
            LOG.warnf(e, "Draining revocations of realm %s failed and is tried again", realm);
        } catch (Error e) {
            // As when its rows take more memory than there is: the other realms' watermarks move on
            LOG.warnf(e, "Draining revocations of realm %s failed and is tried again", realm);
            failedSince.add(realm);
            breakers.failed(realm, e.toString(), PublishException.Reach.REALM);
        }
        return true;
    }

    private void failed(String realm, PublishException e) {
        String reason = String.valueOf(e.getMessage());
        failedSince.add(realm);
        if (e.reach() == PublishException.Reach.REALM) {
            breakers.answered();
        }
        if (breakers.failed(realm, reason, e.reach())) {
            LOG.warnf(
                    "Revocations of realm %s cannot be published; they stay in the table, every attempt is repeated, and"
                            + " until it succeeds consumers see their knowledge grow stale: %s",
                    realm, reason);
        } else {
            LOG.debugf("Revocations of realm %s still cannot be published: %s", realm, reason);
        }
    }

    private void noteUnreadable(List<ListeningRealm> realms) {
        Map<String, Long> unreadable = outbox.unreadable(clock.instant());
        metrics.unreadable(
                unreadable.values().stream().mapToLong(Long::longValue).sum());
        realms.forEach(realm -> {
            Long count = unreadable.get(realm.name());
            if (count == null) {
                notices.unsay(realm.name(), Notice.UNREADABLE_ROWS);
            } else {
                notices.say(
                        realm.name(),
                        Notice.UNREADABLE_ROWS,
                        count + " live rows of the table TENANTRY_REVOCATION cannot be read by this version and are not"
                                + " published: a newer one wrote them, or somebody by hand.");
            }
        });
    }

    private void tellWatermarks(List<ListeningRealm> realms) {
        Set<String> names = realms.stream().map(ListeningRealm::name).collect(Collectors.toSet());
        latestWatermarks.keySet().retainAll(names);
        listeningSince.keySet().retainAll(names);
        realms.forEach(realm -> {
            String epoch = realm.epoch();
            SeenEpoch seen = seenEpochs.get(realm.name());
            if (epoch != null && (seen == null || !seen.epoch().equals(epoch))) {
                seenEpochs.put(realm.name(), new SeenEpoch(epoch, nanoTime.getAsLong()));
            }
        });
        metrics.watermark(
                latestWatermarks.isEmpty()
                        ? null
                        : names.stream()
                                .map(name -> Optional.ofNullable(latestWatermarks.get(name))
                                        .orElse(listeningSince.getOrDefault(name, clock.instant())))
                                .min(Comparator.naturalOrder())
                                .orElse(null),
                latestWatermarks.values().stream()
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static <V> V required(Map<String, V> map, String key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("nothing is known of " + key);
        }
        return value;
    }

    private void purge() {
        int purged;
        do {
            purged = outbox.purge(clock.instant(), PURGE_BATCH);
        } while (purged == PURGE_BATCH);
    }

    private void forgetGone(RevocationPublisher target) {
        try {
            outbox.forgetGone(clock.instant(), target::drop);
        } catch (PublishException e) {
            LOG.debugf("What is left of realms that are gone cannot be removed yet: %s", e.getMessage());
        }
    }
}
