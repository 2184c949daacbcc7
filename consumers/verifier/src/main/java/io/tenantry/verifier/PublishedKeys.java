package io.tenantry.verifier;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A realm's published keys in memory. One daemon thread fetches them, ahead of their end and where a token names a key
 * that is not among them. A token whose key is known never waits for that thread, and of the others one at a time.
 */
final class PublishedKeys implements KeyLookup {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
    private static final Duration REFRESH_AHEAD = Duration.ofSeconds(30);
    /** After a fetch that failed while no usable keys are there. */
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** What a fetch may take beyond its timeouts, for the reading. */
    private static final Duration WAIT_MARGIN = Duration.ofSeconds(1);

    private final KeySettings settings;
    private final Source source;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private final Semaphore waitingForUnknown = new Semaphore(1);
    private final ScheduledThreadPoolExecutor fetcher;
    private volatile @Nullable Keys current;
    private @Nullable FutureTask<?> inFlight;
    private final Map<Reason, Long> endedNanos = new EnumMap<>(Reason.class);
    private @Nullable Future<?> planned;
    /** Of the fetching thread. */
    private boolean complained;

    /** Where the keys come from. */
    @FunctionalInterface
    interface Source {
        JWKSet fetch() throws IOException, ParseException;
    }

    /** Why keys are fetched; each reason has its own pace. */
    private enum Reason {
        NO_KEYS,
        UNKNOWN_KEY,
        AGE
    }

    /** What was fetched, and when on the monotonic clock. */
    private record Keys(JWKSet set, long fetchedNanos) {
        List<JWK> matching(JWKMatcher matcher) {
            return new JWKSelector(matcher).select(set);
        }
    }

    PublishedKeys(KeySettings settings, Source source, LongSupplier nanoTime) {
        this.settings = settings;
        this.source = source;
        this.nanoTime = nanoTime;
        this.fetcher = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread =
                    new Thread(task, "tenantry-keys-" + settings.jwksUri().getHost());
            thread.setDaemon(true);
            return thread;
        });
        fetcher.setRemoveOnCancelPolicy(true);
    }

    @Override
    public List<JWK> matching(JWKMatcher matcher) throws UnavailableException {
        Keys known = usable();
        if (known == null) {
            await(fetch(Reason.NO_KEYS, RETRY));
            known = usable();
            if (known == null) {
                throw new UnavailableException("the realm's keys could not be fetched");
            }
            return known.matching(matcher);
        }
        List<JWK> found = known.matching(matcher);
        return found.isEmpty() ? matchingUnknown(matcher) : found;
    }

    /** Anyone can invent a key id: such tokens cause few fetches, and hold up few threads. */
    private List<JWK> matchingUnknown(JWKMatcher matcher) throws UnavailableException {
        FutureTask<?> fetch = fetch(Reason.UNKNOWN_KEY, settings.minRefreshInterval());
        if (fetch == null) {
            return List.of();
        }
        if (!waitingForUnknown.tryAcquire()) {
            throw new UnavailableException("the realm's keys are being fetched, to look for the one that it names");
        }
        try {
            await(fetch);
            Keys known = usable();
            return known == null ? List.of() : known.matching(matcher);
        } finally {
            waitingForUnknown.release();
        }
    }

    private @Nullable Keys usable() {
        Keys known = current;
        long longest = settings.timeToLive().plus(settings.outageTolerance()).toNanos();
        return known != null && nanoTime.getAsLong() - known.fetchedNanos <= longest ? known : null;
    }

    /** The fetch that is going on, or a new one; null if the last one for this reason ended so short a time ago. */
    private @Nullable FutureTask<?> fetch(Reason reason, Duration pause) {
        synchronized (lock) {
            FutureTask<?> going = inFlight;
            if (going != null) {
                return going;
            }
            Long ended = endedNanos.get(reason);
            boolean tooSoon = ended != null && nanoTime.getAsLong() - ended < pause.toNanos();
            if (tooSoon || fetcher.isShutdown()) {
                return null;
            }
            FutureTask<?> task = new FutureTask<>(Executors.callable(() -> fetchNow(reason)));
            inFlight = task;
            fetcher.execute(task);
            return task;
        }
    }

    private void fetchAhead() {
        // It may be queued or going on already, and then plans the next itself
        Future<?> fetch = fetch(Reason.AGE, Duration.ZERO);
        LOG.debug("keys are fetched ahead from {}: {}", settings.jwksUri(), fetch);
    }

    private void fetchNow(Reason reason) {
        Duration next = settings.minRefreshInterval();
        try {
            current = new Keys(source.fetch(), nanoTime.getAsLong());
            next = settings.timeToLive().minus(REFRESH_AHEAD);
            complained = false;
        } catch (IOException | ParseException e) {
            // What is known serves on as long as the settings say; after that, each token's rejection says it
            if (!complained) {
                complained = true;
                LOG.warn("keys cannot be fetched from {}; trying again until it works", settings.jwksUri(), e);
            }
        } finally {
            ended(reason, next);
        }
    }

    private void ended(Reason reason, Duration untilNext) {
        synchronized (lock) {
            inFlight = null;
            endedNanos.put(reason, nanoTime.getAsLong());
            Future<?> before = planned;
            if (before != null) {
                before.cancel(false);
            }
            if (!fetcher.isShutdown()) {
                planned = fetcher.schedule(this::fetchAhead, untilNext.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Waits until the fetch, if any, has ended or has taken too long; what came of it is what is known then. */
    private void await(@Nullable Future<?> fetch) {
        if (fetch == null) {
            return;
        }
        Duration timeout =
                settings.connectTimeout().plus(settings.readTimeout()).plus(WAIT_MARGIN);
        try {
            fetch.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            LOG.debug("no keys from {}", settings.jwksUri(), e);
        }
    }

    /** Ends the fetching. What is known serves on as long as it may. */
    @Override
    public void close() {
        synchronized (lock) {
            fetcher.shutdownNow();
            Future<?> going = inFlight;
            if (going != null) {
                // Whoever waits for it goes on
                going.cancel(true);
            }
        }
    }
}
