package io.tenantry.revocation.outbox;

import io.tenantry.revocation.RevocationRules;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells rows that were committed well after they were written. Their transaction was held up, and whoever would have
 * covered the time between is gone, as what they wrote is still pending. All that can be seen of a commit is between which
 * looks at the table it was: one that the last look did not show, though it is older than that look, is such a row.
 */
final class LateRows {
    private record Look(Instant at, Set<String> pending) {}

    private volatile Look last = new Look(Instant.MAX, Set.of());

    /** Notes what a look has shown; {@code at} is no later than the look. */
    void looked(Instant at, Collection<Outbox.Pending> pending) {
        last = new Look(at, pending.stream().map(Outbox.Pending::id).collect(Collectors.toSet()));
    }

    /** Whether a row that is pending now was committed late, as far as can be told; what nobody has looked at may have been. */
    boolean mayBeLate(String id, Instant createdAt) {
        Look look = last;
        return !look.pending().contains(id)
                && createdAt.plus(RevocationRules.COMMIT_TOLERANCE).isBefore(look.at());
    }
}
