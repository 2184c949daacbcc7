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
    private Reading last;
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
        this.last = read();
    }

    /** The wall clock, and the monotonic one before and after: a thread may be held up between any two. */
    private record Reading(long nanosBefore, Instant wall, long nanosAfter) {}

    private Reading read() {
        return new Reading(nanoTime.getAsLong(), clock.instant(), nanoTime.getAsLong());
    }

    /** Looks at both; returns by how much the wall clock has jumped since the last look, if it has. */
    public Optional<Duration> look() {
        Reading now = read();
        Duration passed = Duration.between(last.wall(), now.wall());
        Duration beyond = passed.minusNanos(now.nanosAfter() - last.nanosBefore());
        Duration behind = passed.minusNanos(now.nanosBefore() - last.nanosAfter());
        last = now;
        Optional<Duration> step = Optional.of(beyond)
                .filter(by -> by.compareTo(STEP) > 0)
                .or(() -> Optional.of(behind).filter(by -> by.compareTo(STEP.negated()) < 0));
        if (step.isPresent()) {
            steppedNanos = Optional.of(now.nanosAfter());
        }
        return step;
    }

    /** Whether it has run evenly for long enough. */
    public boolean isSteady() {
        return steppedNanos
                .filter(since -> last.nanosAfter() - since < distrust.toNanos())
                .isEmpty();
    }
}
