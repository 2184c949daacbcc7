package io.tenantry.verifier.redis;

import io.tenantry.contract.RevocationKind;
import io.tenantry.verifier.RevocationCheck;
import io.tenantry.verifier.TokenIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * A realm's live revocations in this process's memory, about 100 bytes each. One daemon thread reads them from Redis and
 * follows what is added, over one connection; it reconnects by itself, and whatever it once learned it keeps until it
 * expires. It loads anew where this machine's clock has stepped, and is not fresh meanwhile. A check is a few hash lookups.
 *
 * <p>Safe for use by many threads. {@link #start} does not wait; {@link #awaitFresh} does.
 */
public final class RevocationReplica implements RevocationCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationReplica.class);
    private static final long MIN_PAUSE_MILLIS = 50;
    private static final long MAX_PAUSE_MILLIS = 5_000;

    private final ReplicaSettings settings;
    private final LiveRevocations revocations = new LiveRevocations();
    private final Freshness freshness;
    private final StreamFollower follower;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Jedis connection;

    private RevocationReplica(ReplicaSettings settings, Clock clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.freshness = new Freshness(clock, nanoTime, settings.maxStaleness());
        this.follower = new StreamFollower(settings.keys(), revocations, freshness, clock, nanoTime);
        this.thread =
                new Thread(this::run, "tenantry-revocations-" + settings.keys().realm());
        this.thread.setDaemon(true);
    }

    /** Starts following, by the system's clock. */
    public static RevocationReplica start(ReplicaSettings settings) {
        return start(settings, Clock.systemUTC());
    }

    /** Starts following, by this clock. */
    public static RevocationReplica start(ReplicaSettings settings, Clock clock) {
        return start(settings, clock, System::nanoTime);
    }

    static RevocationReplica start(ReplicaSettings settings, Clock clock, LongSupplier nanoTime) {
        RevocationReplica replica = new RevocationReplica(settings, clock, nanoTime);
        replica.thread.start();
        return replica;
    }

    @Override
    public Answer check(TokenIdentity token) {
        Optional<RevocationKind> by = revocations.covering(token);
        if (by.isPresent()) {
            return new Answer.Revoked(by.get());
        }
        return switch (settings.whenStale()) {
            case ACCEPT -> new Answer.Trusted();
            case REFUSE -> freshness.isFresh() ? new Answer.Trusted() : new Answer.Unknown(describeStaleness());
        };
    }

    /** How it stands now. */
    public ReplicaStatus status() {
        boolean reading = thread.isAlive();
        return new ReplicaStatus(
                reading && freshness.isFresh(),
                freshness.watermark(),
                freshness.staleness(),
                revocations.size(),
                follower.strays(),
                reading
                        ? follower.problem()
                        : Optional.of(closed ? "it was closed" : "the thread that reads the revocations has ended"));
    }

    /** The realm of the settings. */
    @Override
    public Optional<String> realm() {
        return Optional.of(settings.keys().realm());
    }

    /**
     * Waits until it is fresh, at most so long.
     *
     * @return whether it is
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitFresh(Duration timeout) throws InterruptedException {
        return freshness.await(timeout);
    }

    /** Stops following. What is known then stays, and grows stale. */
    @Override
    public void close() {
        closed = true;
        Jedis current = connection;
        if (current != null) {
            // Wakes the thread from its read
            current.disconnect();
        }
        thread.interrupt();
    }

    private void run() {
        long pause = MIN_PAUSE_MILLIS;
        boolean complained = false;
        while (!closed) {
            boolean worked = false;
            try (Jedis redis = connect()) {
                connection = redis;
                while (!closed) {
                    follower.followOneDataSet(redis, () -> closed);
                    worked = true;
                    sleep(MIN_PAUSE_MILLIS);
                }
            } catch (Throwable e) {
                // An Error too: memory that is short now is no reason to stay ignorant for good
                if (closed) {
                    return;
                }
                follower.problem(
                        "the revocations cannot be read: " + e.getClass().getSimpleName());
                if (worked) {
                    pause = MIN_PAUSE_MILLIS;
                    complained = false;
                }
                if (!complained) {
                    LOG.warn(
                            "realm {}: revocations cannot be read from {}; trying again until it works",
                            settings.keys().realm(),
                            settings.uri(),
                            e);
                    complained = true;
                }
                sleep(pause + ThreadLocalRandom.current().nextLong(pause));
                pause = Math.min(MAX_PAUSE_MILLIS, pause * 2);
            } finally {
                connection = null;
            }
        }
    }

    private Jedis connect() {
        int readMillis = Math.toIntExact(settings.readTimeout().toMillis());
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                // Jedis 8 would warn at every connection that this client cannot negotiate RESP3
                .resp2()
                .connectionTimeoutMillis(
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .socketTimeoutMillis(readMillis)
                .blockingSocketTimeoutMillis(StreamFollower.BLOCK_MILLIS + readMillis)
                .database(settings.database())
                .clientName("tenantry-verifier");
        settings.username().ifPresent(config::user);
        settings.password().ifPresent(config::password);
        if (settings.tls()) {
            // The mode that checks the host name too: otherwise the certificate of any host would do
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        HostAndPort address = new HostAndPort(settings.uri().getHost(), settings.port());
        return new Jedis(new BoundedConnection(address, config.build()));
    }

    private String describeStaleness() {
        Optional<Instant> watermark = freshness.watermark();
        return watermark.isPresent()
                ? "revocations are known up to " + watermark.get() + " only, longer ago than the allowed "
                        + settings.maxStaleness()
                : "the revocations have not been loaded yet";
    }

    private void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // Only close() interrupts this thread, and the loop looks at its flag next
            LOG.debug("interrupted while pausing", e);
        }
    }
}
