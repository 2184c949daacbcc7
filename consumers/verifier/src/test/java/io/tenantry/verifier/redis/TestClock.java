package io.tenantry.verifier.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The system's two clocks, which tests move and break. */
final class TestClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration passed = Duration.ZERO;
    private volatile Supplier<? extends Error> failure;

    /** Moves the wall clock, and it alone, to so far ahead of the system's. */
    void stepTo(Duration value) {
        ahead = value;
    }

    /** Lets time pass by both clocks. */
    void pass(Duration value) {
        passed = passed.plus(value);
    }

    /** Has the replica's own thread fail wherever it asks for the time, until null. */
    void failFollowerWith(Supplier<? extends Error> value) {
        failure = value;
    }

    LongSupplier nanoTime() {
        return () -> System.nanoTime() + passed.toNanos();
    }

    @Override
    public Instant instant() {
        Supplier<? extends Error> current = failure;
        if (current != null && Thread.currentThread().getName().startsWith("tenantry-revocations-")) {
            throw current.get();
        }
        long nanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return Instant.EPOCH.plusNanos(nanos).plus(passed).plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only UTC");
    }
}
