package io.tenantry.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When something was written that a commit was still to follow, by the wall clock and by the monotonic one: whichever of
 * them says that more time has passed is believed.
 *
 * @param at by the wall clock
 * @param nanos by the monotonic one
 */
public record WriteTime(Instant at, long nanos) {
    public static WriteTime now(Clock clock) {
        return new WriteTime(clock.instant(), System.nanoTime());
    }

    /** Whether the commit has taken longer than cutoffs allow for, now that it is done. */
    public boolean isLate(WriteTime done) {
        Duration byMonotonic = Duration.ofNanos(done.nanos - nanos);
        Duration byWall = Duration.between(at, done.at);
        return byMonotonic.compareTo(RevocationRules.COMMIT_TOLERANCE) > 0
                || byWall.compareTo(RevocationRules.COMMIT_TOLERANCE) > 0;
    }
}
