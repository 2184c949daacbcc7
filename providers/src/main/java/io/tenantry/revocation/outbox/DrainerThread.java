package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.OfflineRealms;
import io.tenantry.revocation.RealmBreakers;
import io.tenantry.revocation.RealmNotices;
import io.tenantry.revocation.RevocationMetrics;
import io.tenantry.revocation.RevocationPublisher;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSessionFactory;

/** The daemon that runs the {@link Drainer}: once a second, and whenever a request has published something to note. */
public final class DrainerThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DrainerThread.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final int MAX_ACKNOWLEDGED_AT_ONCE = 1_000;

    /** What is dropped when this is full is merely published twice. */
    private static final int MAX_ACKNOWLEDGED_WAITING = 100_000;

    private record Acknowledged(DataSetName dataSet, String id) {}

    private final BlockingQueue<Acknowledged> acknowledged = new LinkedBlockingQueue<>(MAX_ACKNOWLEDGED_WAITING);
    private final Drainer drainer;
    private final RealmWork work;
    private final Thread thread;
    private volatile boolean closed;

    private DrainerThread(Drainer drainer, RealmWork work) {
        this.drainer = drainer;
        this.work = work;
        this.thread = new Thread(this::run, "tenantry-revocation-drainer");
        thread.setDaemon(true);
    }

    /** Starts draining a table. */
    static DrainerThread start(Function<RealmWork, Drainer> drainer) {
        RealmWork work = RealmWork.onThreads();
        DrainerThread started = new DrainerThread(drainer.apply(work), work);
        started.thread.start();
        return started;
    }

    /** Starts draining the table of these sessions. */
    public static DrainerThread start(
            KeycloakSessionFactory sessions,
            String listenerId,
            RevocationWriter writer,
            Duration clockSkew,
            @Nullable RevocationPublisher publisher,
            RealmBreakers breakers,
            RealmNotices notices,
            OfflineRealms offline,
            Clock clock,
            RevocationMetrics metrics) {
        return start(work -> new Drainer(
                new JpaOutbox(sessions, listenerId, writer, clockSkew),
                publisher,
                breakers,
                notices,
                offline,
                clock,
                System::nanoTime,
                () -> UUID.randomUUID().toString(),
                metrics,
                work));
    }

    /** Has it noted, soon, that these have been published as parts of this data set. */
    public void acknowledge(DataSetName dataSet, Collection<Revocation> revocations) {
        revocations.forEach(each -> acknowledged.offer(new Acknowledged(dataSet, each.id())));
    }

    private void run() {
        long nextTick = System.nanoTime();
        while (!closed) {
            try {
                List<Acknowledged> all = new ArrayList<>();
                Acknowledged first = acknowledged.poll(Math.max(0, nextTick - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (first != null) {
                    all.add(first);
                    // One transaction for many: for each it would cost the next logout as much as that costs itself
                    Thread.sleep(GATHER.toMillis());
                    acknowledged.drainTo(all, MAX_ACKNOWLEDGED_AT_ONCE - 1);
                    all.stream()
                            .collect(Collectors.groupingBy(
                                    Acknowledged::dataSet, Collectors.mapping(Acknowledged::id, Collectors.toSet())))
                            .forEach(this::acknowledge);
                }
                if (System.nanoTime() - nextTick >= 0) {
                    nextTick = System.nanoTime() + TICK.toNanos();
                    drainer.tick();
                }
            } catch (InterruptedException e) {
                // Only close() interrupts
                return;
            } catch (RuntimeException | Error e) {
                if (!closed) {
                    // The database's trouble is logged by whoever has it too; here it only means to try again. So does
                    // an
                    // Error: nobody else would ever move the watermark
                    LOG.warnf(e, "Draining revocations failed and is tried again");
                }
            }
        }
    }

    /** What cannot be noted is merely published twice: no tick waits for it. */
    private void acknowledge(DataSetName dataSet, Set<String> ids) {
        try {
            drainer.acknowledge(dataSet, ids);
        } catch (RuntimeException | Error e) {
            if (!closed) {
                LOG.warnf(e, "Revocations of realm %s cannot be noted as published", dataSet.realm());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        work.close();
        thread.interrupt();
        try {
            thread.join(TICK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
