package io.tenantry.it;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What a consumer would find in Redis for one realm. */
public record PublishedRevocations(RedisClient redis, RedisKeys keys) {
    private static final Duration DATA_SET_PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    /** On the Redis of the realm's server. */
    public static PublishedRevocations of(TestRealm realm) {
        return new PublishedRevocations(realm.server().redis(), realm.redisKeys());
    }

    /** The cutoff of a selector, if it is revoked. */
    public Optional<Instant> cutoff(Selector selector) {
        return Optional.ofNullable(redis.get(keys.cutoff(selector)))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    /**
     * The revocations in the stream, in its order: a realm's first watermark builds its data set anew, and then the order
     * is not that of the actions. One that was delivered twice keeps its id and counts once.
     */
    public List<Revocation> stream() {
        return entries().stream()
                .filter(StreamEntry.Revoked.class::isInstance)
                .map(entry -> ((StreamEntry.Revoked) entry).revocation())
                .distinct()
                .toList();
    }

    /** The selectors of these. */
    public List<Selector> selectors() {
        return stream().stream().map(Revocation::selector).toList();
    }

    /** The stream's watermark; the epoch if there is none. */
    public Instant watermark() {
        return entries().stream()
                .filter(StreamEntry.Watermark.class::isInstance)
                .map(entry -> ((StreamEntry.Watermark) entry).at())
                .reduce((first, second) -> second)
                .orElse(Instant.EPOCH);
    }

    /** Waits, for at most 20 seconds; a Redis that is not back yet is waited for too. */
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, Duration.ofSeconds(20), condition);
    }

    /** The same, for at most so long. */
    public static void await(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + patience.toSeconds() + " seconds: " + what);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (JedisConnectionException | JedisClusterException e) {
            // A server, or its shard, that is not there yet
            return false;
        }
    }

    /**
     * A new realm's data set is built with its first watermark, and for a moment of that its stream is empty. Where none
     * comes, because nothing listens or Redis has just lost it, the stream is read as it is.
     */
    private void awaitDataSet() {
        long deadline = System.nanoTime() + DATA_SET_PATIENCE.toNanos();
        while (!redis.exists(keys.epoch()) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private List<StreamEntry> entries() {
        awaitDataSet();
        return redis.xrange(keys.stream(), "-", "+").stream()
                .map(entry -> StreamEntry.parse(entry.getFields()))
                .toList();
    }
}
