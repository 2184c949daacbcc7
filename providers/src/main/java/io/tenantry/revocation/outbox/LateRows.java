package io.tenantry.revocation.outbox;

import io.tenantry.revocation.RevocationRules;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells rows that were committed well after they were written, and by when. Their transaction was held up, and whoever
 * would have covered the time between is gone, as what they wrote is still pending. All that can be seen of a commit is
 * between which looks at the table it was: one that a look did not show, though it is older than that look, is such a row,
 * and stays one until it is published, however long that fails.
 */
final class LateRows {
    /**
     * What a look has shown.
     *
     * @param at no later than the look
     * @param pending what was pending, by id, and until when the cutoff of a late one must reach
     */
    private record Look(Instant at, Map<String, Optional<Instant>> pending) {
        Optional<Instant> committedBy(String id, Instant createdAt, Instant seen) {
            return pending.getOrDefault(
                    id,
                    Optional.of(seen)
                            .filter(late -> createdAt
                                    .plus(RevocationRules.COMMIT_TOLERANCE)
                                    .isBefore(at)));
        }
    }

    private volatile Look last = new Look(Instant.MAX, Map.of());

    /**
     * Notes what a look has shown.
     *
     * @param before a moment before the look
     * @param after a moment after it
     */
    void looked(Instant before, Instant after, Collection<Outbox.Pending> pending) {
        Map<String, Optional<Instant>> shown = new HashMap<>();
        pending.forEach(row -> shown.put(row.id(), last.committedBy(row.id(), row.createdAt(), after)));
        last = new Look(before, Map.copyOf(shown));
    }

    /**
     * Until when the cutoff of a row must reach that was committed late, as far as can be told; empty for one that was not.
     * What nobody has looked at may have been.
     *
     * @param now when the row is seen to be pending
     */
    Optional<Instant> committedBy(String id, Instant createdAt, Instant now) {
        return last.committedBy(id, createdAt, now);
    }

    /** The same of all rows that are seen to be pending at a moment. */
    Outbox.Lateness seenAt(Instant now) {
        return (id, createdAt) -> committedBy(id, createdAt, now);
    }
}
