package io.tenantry.revocation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether requests may wait for the publisher. One failure opens it, so that a dead server costs no second request its
 * timeout; only the drainer, which tries on every tick, closes it again.
 */
public final class CircuitBreaker {
    /** So many different reasons are news until it closes again. */
    private static final int MAX_TOLD = 10;

    private final Set<String> told = new HashSet<>();
    private volatile @Nullable String problem;

    /** Whether requests must not try. */
    public boolean isOpen() {
        return problem != null;
    }

    /** Why the last attempt failed; empty if it succeeded. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Notes a failure; true if it is news: the first of this reason since the last success. */
    public synchronized boolean failed(String reason) {
        problem = reason;
        return told.size() < MAX_TOLD && told.add(reason);
    }

    /** Notes a success; true if it is the first since the last failure. */
    public synchronized boolean succeeded() {
        boolean was = isOpen();
        problem = null;
        told.clear();
        return was;
    }
}
