package io.tenantry.revocation.outbox;

import io.tenantry.revocation.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where realms are worked on side by side: one task a realm at a time. What takes long is waited for no longer than the
 * rest can bear, and those that are in trouble have threads of their own, since each attempt may cost a timeout.
 */
final class RealmWork implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int THREADS_IN_TROUBLE = 2;
    private static final int MAX_WAITING = 10_000;
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final Executor sound;
    private final Executor troubled;
    private final Executor aside;
    private final List<ExecutorService> owned;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private RealmWork(Executor sound, Executor troubled, Executor aside, List<ExecutorService> owned) {
        this.sound = sound;
        this.troubled = troubled;
        this.aside = aside;
        this.owned = owned;
    }

    /** On threads of its own. */
    static RealmWork onThreads() {
        ExecutorService sound = DaemonThreads.pool("tenantry-revocation-drainer-", THREADS, MAX_WAITING);
        ExecutorService troubled =
                DaemonThreads.pool("tenantry-revocation-drainer-troubled-", THREADS_IN_TROUBLE, MAX_WAITING);
        ExecutorService aside = DaemonThreads.pool("tenantry-revocation-drainer-aside-", 1, 0);
        return new RealmWork(sound, troubled, aside, List.of(sound, troubled, aside));
    }

    /** On these, which others close. */
    static RealmWork on(Executor sound, Executor aside) {
        return new RealmWork(sound, sound, aside, List.of());
    }

    /** Whether something of the realm is still under way. */
    boolean isBusy(String realm) {
        return busy.contains(realm);
    }

    /** Does something for each realm for which nothing is under way, and waits a while for all of it. */
    void sideBySide(Collection<String> realms, Predicate<String> isTroubled, Consumer<String> task) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String realm : realms) {
            boolean inTrouble = isTroubled.test(realm);
            if (busy.add(realm)) {
                CompletableFuture<Void> started = start(realm, inTrouble ? troubled : sound, task);
                if (!inTrouble) {
                    all.add(started);
                }
            }
        }
        await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
    }

    private CompletableFuture<Void> start(String realm, Executor executor, Consumer<String> task) {
        try {
            return CompletableFuture.runAsync(
                    () -> {
                        try {
                            task.accept(realm);
                        } finally {
                            busy.remove(realm);
                        }
                    },
                    executor);
        } catch (RejectedExecutionException e) {
            // Its turn comes with a later look
            busy.remove(realm);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static void await(CompletableFuture<Void> all) {
        try {
            all.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Goes on without being waited for
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A second half of a task, on another thread; done by nobody where that has something else to do. */
    CompletableFuture<Long> aside(Supplier<Long> half) {
        try {
            return CompletableFuture.supplyAsync(half, aside);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(0L);
        }
    }

    @Override
    public void close() {
        owned.forEach(ExecutorService::shutdownNow);
    }
}
