package io.tenantry.verifier.redis;

import io.tenantry.contract.MalformedEntryException;
import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.StreamEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;

/**
 * Reads a realm's stream over one connection: the whole of it, then what is added. Revocations count as soon as they are
 * read. A watermark counts only if everything before it was read and understood, within one unchanged data set (the
 * epoch): so whatever goes wrong, the watermark stays behind and the replica grows stale by itself.
 */
final class StreamFollower {
    static final int BLOCK_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(StreamFollower.class);
    private static final int PAGE = BoundedConnection.MAX_ELEMENTS;
    private static final long EVICTION_INTERVAL_NANOS = Duration.ofSeconds(30).toNanos();
    private static final StreamEntryID START = new StreamEntryID(0, 0);

    private final RedisKeys keys;
    private final LiveRevocations revocations;
    private final Freshness freshness;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final SelectorKey.Hasher hasher = new SelectorKey.Hasher();
    private long nextEvictionNanos;
    private @Nullable StreamEntryID reported;
    private @Nullable StreamEntryID lastStray;
    private final AtomicInteger strays = new AtomicInteger();
    private volatile Optional<String> problem = Optional.of("the revocations are still being loaded");

    /** Where in the stream the reading is: after {@code last}, all of it understood unless {@code notUnderstood} is set. */
    private static final class Position {
        final @Nullable String epoch;
        StreamEntryID last = START;

        /** The first that a newer publisher may have written. */
        @Nullable StreamEntryID notUnderstood;

        /** When no token can need any of those any more. */
        Instant notUnderstoodUntil = Instant.MIN;

        /** The latest watermark read, not yet taken for true. */
        @Nullable Instant watermark;

        @Nullable StreamEntryID watermarkId;

        Position(@Nullable String epoch) {
            this.epoch = epoch;
        }
    }

    StreamFollower(
            RedisKeys keys, LiveRevocations revocations, Freshness freshness, Clock clock, LongSupplier nanoTime) {
        this.keys = keys;
        this.revocations = revocations;
        this.freshness = freshness;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.nextEvictionNanos = nanoTime.getAsLong();
    }

    /** What keeps the watermark from advancing. */
    Optional<String> problem() {
        return problem;
    }

    void problem(String description) {
        problem = Optional.of(description);
    }

    /** How many entries were passed over that are no revocations. */
    int strays() {
        return strays.get();
    }

    /** What the state of Redis, seen after a read, means for the watermark that was read. */
    private enum Verdict {
        /** It is true. */
        SOUND,
        /** It cannot be relied on. */
        UNSOUND,
        /** This is another data set, or one that can now be understood: read it from the start. */
        RELOAD
    }

    /** Loads the stream, then follows it until it must be loaded again. What is found only adds to what is known. */
    void followOneDataSet(Jedis redis, BooleanSupplier stopped) {
        if (freshness.clockStepped()) {
            LOG.warn("realm {}: this machine's clock has stepped; reading the revocations anew", keys.realm());
            freshness.startOver();
        }
        Position position = new Position(redis.get(keys.epoch()));
        int count;
        do {
            count = read(redis, position, XReadParams.xReadParams().count(PAGE));
        } while (count > 0);
        Verdict verdict = judge(redis, position);
        if (verdict == Verdict.SOUND) {
            takeFoundWatermark(redis, position);
        }
        LOG.info(
                "realm {}: {} live revocations read, known up to {}",
                keys.realm(),
                revocations.size(),
                freshness.watermark().map(Instant::toString).orElse("no watermark yet"));
        while (verdict != Verdict.RELOAD && !stopped.getAsBoolean()) {
            count = read(redis, position, XReadParams.xReadParams().count(PAGE).block(BLOCK_MILLIS));
            if (freshness.clockStepped()) {
                return;
            }
            evictExpired(redis);
            if (count == 0 && wentBack(redis, position)) {
                LOG.warn("realm {}: the revocation stream was lost or restored; reading it anew", keys.realm());
                return;
            }
            verdict = judge(redis, position);
            if (verdict == Verdict.SOUND) {
                takeNewWatermark(position);
            }
        }
    }

    private Verdict judge(Jedis redis, Position position) {
        String epoch = redis.get(keys.epoch());
        if (!Objects.equals(epoch, position.epoch)) {
            return Verdict.RELOAD;
        }
        if (epoch == null) {
            problem("Redis holds no complete data set of this realm: its epoch key is missing");
            return Verdict.UNSOUND;
        }
        StreamEntryID entry = position.notUnderstood;
        if (entry == null) {
            problem = Optional.empty();
            return Verdict.SOUND;
        }
        // Two clocks, as with what is forgotten: no token needs the entry any more
        if (LiveRevocations.isForgettable(position.notUnderstoodUntil, clock.instant())
                && LiveRevocations.isForgettable(position.notUnderstoodUntil, now(redis))) {
            problem = Optional.empty();
            return Verdict.SOUND;
        }
        if (redis.xrange(keys.stream(), entry, entry, 1).isEmpty()) {
            return Verdict.RELOAD;
        }
        problem("stream entry " + entry + " is not understood; is the publisher newer than this consumer?");
        if (!entry.equals(reported)) {
            reported = entry;
            LOG.error(
                    "realm {}: stream entry {} is not understood, so the replica goes stale until the entry is gone or"
                            + " has expired; upgrade this consumer if the publisher is newer",
                    keys.realm(),
                    entry);
        }
        return Verdict.UNSOUND;
    }

    private void takeNewWatermark(Position position) {
        Instant watermark = position.watermark;
        if (watermark != null) {
            freshness.advanceTo(watermark);
            position.watermark = null;
        }
    }

    /** The entry's id tells when it was written, by the same clock that Redis tells the time from. */
    private void takeFoundWatermark(Jedis redis, Position position) {
        Instant watermark = position.watermark;
        StreamEntryID id = position.watermarkId;
        if (watermark != null && id != null) {
            long writtenAgo = now(redis).toEpochMilli() - id.getTime();
            freshness.advanceToFound(watermark, Duration.ofMillis(Math.max(0, writtenAgo)));
            position.watermark = null;
        }
    }

    /** Whether the stream ends before the place that was already read: it was flushed, or restored from earlier. */
    private boolean wentBack(Jedis redis, Position position) {
        if (position.last.equals(START)) {
            return false;
        }
        if (!redis.exists(keys.stream())) {
            return true;
        }
        return redis.xinfoStream(keys.stream()).getLastGeneratedId().compareTo(position.last) < 0;
    }

    /** By the earlier of two clocks: one that is ahead must not make what is live be forgotten. */
    private void evictExpired(Jedis redis) {
        long nanos = nanoTime.getAsLong();
        if (nanos - nextEvictionNanos >= 0) {
            Instant ours = clock.instant();
            Instant redisTime = now(redis);
            if (!freshness.clockStepped()) {
                revocations.evictExpired(ours.isBefore(redisTime) ? ours : redisTime);
                freshness.allowForDrift();
            }
            nextEvictionNanos = nanos + EVICTION_INTERVAL_NANOS;
        }
    }

    private static Instant now(Jedis redis) {
        List<String> time = redis.time();
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1_000);
    }

    private int read(Jedis redis, Position position, XReadParams params) {
        Map<String, List<redis.clients.jedis.resps.StreamEntry>> answer =
                redis.xreadAsMap(params, Map.of(keys.stream(), position.last));
        List<redis.clients.jedis.resps.StreamEntry> entries = answer == null ? null : answer.get(keys.stream());
        if (entries == null) {
            return 0;
        }
        for (redis.clients.jedis.resps.StreamEntry entry : entries) {
            take(entry, position);
            position.last = entry.getID();
        }
        return entries.size();
    }

    private void take(redis.clients.jedis.resps.StreamEntry entry, Position position) {
        Map<String, String> fields = entry.getFields();
        fields.values().removeIf(BoundedConnection.SKIPPED::equals);
        StreamEntry parsed;
        try {
            parsed = StreamEntry.parse(fields);
        } catch (MalformedEntryException e) {
            e.expiresAt().ifPresentOrElse(until -> notUnderstood(entry, until, position), () -> stray(entry, e));
            return;
        }
        parsed.match(revoked -> revocations.add(revoked.revocation(), hasher), watermark -> {
            position.watermark = watermark.at();
            position.watermarkId = entry.getID();
        });
    }

    private static void notUnderstood(
            redis.clients.jedis.resps.StreamEntry entry, Instant expiresAt, Position position) {
        if (position.notUnderstood == null) {
            position.notUnderstood = entry.getID();
        }
        if (expiresAt.isAfter(position.notUnderstoodUntil)) {
            position.notUnderstoodUntil = expiresAt;
        }
    }

    /** No publisher has written it, so nothing is missed with it. */
    private void stray(redis.clients.jedis.resps.StreamEntry entry, MalformedEntryException e) {
        StreamEntryID last = lastStray;
        if (last == null || entry.getID().compareTo(last) > 0) {
            lastStray = entry.getID();
            strays.incrementAndGet();
            LOG.warn(
                    "realm {}: stream entry {} is no revocation and is passed over: {}",
                    keys.realm(),
                    entry.getID(),
                    e.getMessage());
        }
    }
}
