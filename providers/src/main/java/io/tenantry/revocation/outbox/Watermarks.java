package io.tenantry.revocation.outbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Up to when everything is published, never claiming more than that.
 *
 * <p>The clock is read first, the table after it: whatever was committed by that moment is then among the rows. If none
 * is pending, the moment is the watermark. If some are, they are remembered with it, and it becomes the watermark once
 * none of them is pending any more; under load that is a tick later. No row's own time is trusted: it may be another
 * node's, by another clock.
 */
final class Watermarks {
    private record Snapshot(Instant at, Set<String> pending) {}

    private final Map<String, Snapshot> snapshots = new HashMap<>();

    /**
     * The moment up to which the realm's revocations are published, or null if none newer is known.
     *
     * @param clockRead read before the table was
     * @param pending the ids of the realm's pending revocations, or null if they are too many to tell
     */
    @Nullable Instant advance(String realm, Instant clockRead, @Nullable Set<String> pending) {
        if (pending == null) {
            return null;
        }
        if (pending.isEmpty()) {
            snapshots.remove(realm);
            return clockRead;
        }
        Snapshot earlier = snapshots.get(realm);
        if (earlier == null) {
            snapshots.put(realm, new Snapshot(clockRead, Set.copyOf(pending)));
            return null;
        }
        Set<String> left = new HashSet<>(earlier.pending());
        left.retainAll(pending);
        if (left.isEmpty()) {
            snapshots.put(realm, new Snapshot(clockRead, Set.copyOf(pending)));
            return earlier.at();
        }
        snapshots.put(realm, new Snapshot(earlier.at(), left));
        return null;
    }
}
