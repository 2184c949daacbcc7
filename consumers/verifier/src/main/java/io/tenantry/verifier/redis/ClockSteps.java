package io.tenantry.verifier.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether this machine's wall clock has stepped, told by the monotonic clock beside it. What was decided by the clock
 * before may then be wrong, such as what had expired.
 */
final class ClockSteps {
    /** More than a clock is slewed by between two looks, and far less than how long an expired revocation is kept. */
    private static final long TOLERANCE_MILLIS = Duration.ofSeconds(2).toMillis();

    private final Clock clock;
    private final LongSupplier nanoTime;
    private volatile Agreement agreement;

    /** What both clocks said at one moment, and whether they have been seen to disagree since. */
    private static final class Agreement {
        final long wallMillis;
        final long nanos;
        volatile boolean broken;

        Agreement(long wallMillis, long nanos) {
            this.wallMillis = wallMillis;
            this.nanos = nanos;
        }
    }

    ClockSteps(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.agreement = new Agreement(clock.millis(), nanoTime.getAsLong());
    }

    /** Whether it has, at any look since {@link #settle}; one that stepped there and back between two looks has not. */
    boolean stepped() {
        Agreement since = agreement;
        if (!since.broken) {
            // The thread may have been held up between the two readings of the monotonic clock, but not the wall's
            long before = since.wallMillis + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - since.nanos);
            long wall = clock.millis();
            long after = since.wallMillis + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - since.nanos);
            since.broken = wall < before - TOLERANCE_MILLIS || wall > after + TOLERANCE_MILLIS;
        }
        return since.broken;
    }

    /** Takes the wall clock for what it says now. */
    void settle() {
        agreement = new Agreement(clock.millis(), nanoTime.getAsLong());
    }

    /** Forgets how far the clocks have drifted apart slowly, as they do over days. */
    void settleUnlessStepped() {
        if (!stepped()) {
            settle();
        }
    }
}
