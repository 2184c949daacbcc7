package io.tenantry.revocation;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether requests may wait for the publisher. One failure opens it, so that a dead server costs no second request its
 * timeout; only the drainer, which tries on every tick, closes it again.
 */
public final class CircuitBreaker {
    private final AtomicBoolean open = new AtomicBoolean();

    /** Whether requests must not try. */
    public boolean isOpen() {
        return open.get();
    }

    /** Notes a failure; true if it is the first since the last success. */
    public boolean failed() {
        return open.compareAndSet(false, true);
    }

    /** Notes a success; true if it is the first since the last failure. */
    public boolean succeeded() {
        return open.compareAndSet(true, false);
    }
}
