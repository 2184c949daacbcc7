package io.tenantry.revocation.secevent;

import io.tenantry.revocation.DaemonThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Signs for no longer than a request may wait: a key store that hangs must not keep trust from ending. What was signed in
 * time counts; a realm whose keys took too long is let be for a while, so that it costs one request its patience and not
 * every one.
 */
final class PatientSigning implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** So many signatures may take the patience once, twice as many twice, and so on. */
    static final int AT_ONCE = 25;

    private static final int MAX_THREADS = 4;
    private static final int MAX_WAITING = 64;

    private final Duration patience;
    private final Clock clock;
    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();
    private final ExecutorService executor;

    PatientSigning(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
        this.executor = DaemonThreads.pool("tenantry-security-events-", MAX_THREADS, MAX_WAITING);
    }

    /**
     * What came of it.
     *
     * @param tokens those of the first, in order; all of them unless it failed
     * @param failure why there are no more; null if there is one for each
     */
    record Signed(List<String> tokens, @Nullable Throwable failure) {
        Signed {
            tokens = List.copyOf(tokens);
        }
    }

    /** Has all of a realm's signed, one after the other. */
    Signed sign(String realm, List<Callable<String>> all) {
        Instant until = pausedUntil.get(realm);
        if (until != null && clock.instant().isBefore(until)) {
            return new Signed(List.of(), tooSlow());
        }
        ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();
        Throwable failure = signInto(tokens, all);
        if (failure instanceof TimeoutException) {
            pausedUntil.put(realm, clock.instant().plus(PAUSE));
            failure = tooSlow();
        } else {
            pausedUntil.remove(realm);
        }
        return new Signed(new ArrayList<>(tokens), failure);
    }

    private @Nullable Throwable signInto(ConcurrentLinkedQueue<String> tokens, List<Callable<String>> all) {
        Future<?> call;
        try {
            call = executor.submit(() -> {
                for (Callable<String> each : all) {
                    tokens.add(each.call());
                }
                return null;
            });
        } catch (RejectedExecutionException e) {
            return e;
        }
        try {
            call.get(patience.multipliedBy(1 + all.size() / AT_ONCE).toNanos(), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            call.cancel(true);
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    private CannotSignException tooSlow() {
        return new CannotSignException("its key did not sign within " + patience.toMillis()
                + " ms, and is tried again after " + PAUSE.toSeconds()
                + " seconds; see whether the key store answers, or choose another key under Realm settings, Keys");
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
