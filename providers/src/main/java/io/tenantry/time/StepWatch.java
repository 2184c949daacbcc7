package io.tenantry.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether the wall clock runs as the monotonic one does. One that jumps says nothing about what has expired: looked at
 * regularly, it is not believed for a while after it has jumped.
 */
public final class StepWatch {
    /** A step is more than this: clocks that are slewed differ by less between two looks. */
    static final Duration STEP = Duration.ofSeconds(2);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration distrust;
    private Instant lastWall;
    private long lastNanos;
    private Optional<Long> steppedNanos = Optional.empty();

    /**
     * One that trusts the clock until it sees it jump.
     *
     * @param nanoTime the monotonic clock
     * @param distrust for how long it is not believed then
     */
    public StepWatch(Clock clock, LongSupplier nanoTime, Duration distrust) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.distrust = distrust;
        this.lastWall = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    /** Looks at both; returns by how much the wall clock has jumped since the last look, if it has. */
    public Optional<Duration> look() {
        Instant wall = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration difference = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
        lastWall = wall;
        lastNanos = nanos;
        if (difference.abs().compareTo(STEP) <= 0) {
            return Optional.empty();
        }
        steppedNanos = Optional.of(nanos);
        return Optional.of(difference);
    }

    /** Whether it has run evenly for long enough. */
    public boolean isSteady() {
        return steppedNanos
                .filter(since -> lastNanos - since < distrust.toNanos())
                .isEmpty();
    }
}
