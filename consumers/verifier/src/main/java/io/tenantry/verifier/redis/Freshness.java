package io.tenantry.verifier.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the replica's knowledge reaches. A watermark's age is the longer of two: by this machine's clock, and by the
 * time that has really passed since the watermark was written. The second holds even where this machine's clock is slow,
 * and a stopped publisher would otherwise look current for as long as the clocks differ. Where the wall clock has stepped,
 * nothing is fresh until all was loaded anew: what was forgotten by the clock before may be needed by this one.
 */
final class Freshness {
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration maxStaleness;
    private final ClockSteps steps;
    private volatile @Nullable Known known;

    /** What a watermark claimed, and when on the monotonic clock it was written. */
    private record Known(Instant watermark, long writtenNanos) {}

    Freshness(Clock clock, LongSupplier nanoTime, Duration maxStaleness) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.maxStaleness = maxStaleness;
        this.steps = new ClockSteps(clock, nanoTime);
    }

    /** Whether the wall clock has stepped since the loading began. */
    boolean clockStepped() {
        return steps.stepped();
    }

    /** Starts over, as the loading does after a step: what was known counts for nothing, and the clock for what it says. */
    void startOver() {
        // In this order, so that nobody sees the old watermark beside clocks that agree
        known = null;
        steps.settle();
    }

    /** Forgets what the clocks have drifted apart by being slewed, which is no step. */
    void allowForDrift() {
        steps.settleUnlessStepped();
    }

    /**
     * Takes a watermark that has just come. Even a lower one counts: the publisher's clock was set back, and what it said
     * earlier is no measure of what it knows now.
     */
    synchronized void advanceTo(Instant watermark) {
        known = new Known(watermark, nanoTime.getAsLong());
        notifyAll();
    }

    /** Takes a watermark that was found, written so long ago; an older one than is known says nothing new. */
    synchronized void advanceToFound(Instant watermark, Duration writtenAgo) {
        Known current = known;
        if (current == null || watermark.isAfter(current.watermark)) {
            known = new Known(watermark, nanoTime.getAsLong() - writtenAgo.toNanos());
            notifyAll();
        }
    }

    Optional<Instant> watermark() {
        Known current = known;
        return current == null ? Optional.empty() : Optional.of(current.watermark);
    }

    Optional<Duration> staleness() {
        Known current = known;
        if (current == null) {
            return Optional.empty();
        }
        Duration byClock = Duration.between(current.watermark, clock.instant());
        Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - current.writtenNanos);
        return Optional.of(byClock.compareTo(elapsed) > 0 ? byClock : elapsed);
    }

    boolean isFresh() {
        return !steps.stepped()
                && staleness().filter(age -> age.compareTo(maxStaleness) <= 0).isPresent();
    }

    /** Waits until fresh, at most so long. */
    synchronized boolean await(Duration timeout) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        while (!isFresh()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanoTime.getAsLong());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
