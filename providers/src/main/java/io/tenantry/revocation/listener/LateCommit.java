package io.tenantry.revocation.listener;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.RevocationRules;
import io.tenantry.revocation.WriteTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks how long a commit took. A lock may have held it up for longer than cutoffs reach, and tokens that were issued
 * meanwhile would outlive it: then the same is written once more, reckoned from now, until a commit is quick enough.
 */
final class LateCommit {
    /** After so many the rows are left to the drainer, which reckons from when it first sees them. */
    static final int ATTEMPTS = 3;

    private static final Logger LOG = Logger.getLogger(LateCommit.class);

    private LateCommit() {}

    /** Writes and commits what was written before, reckoned anew. */
    interface Again {
        Written write(Written late, Set<Detected> detected);
    }

    /**
     * What there is to publish.
     *
     * @param settled whether all of it reaches its commit; if not, it must stay pending though it is published
     */
    record Covered(List<Revocation> revocations, boolean settled) {
        Covered {
            revocations = List.copyOf(revocations);
        }
    }

    /** Called as soon as the commit is done. */
    static Covered cover(Written committed, Supplier<WriteTime> clock, Again again) {
        List<Revocation> all = new ArrayList<>(committed.revocations());
        Written last = committed;
        int attempts = 0;
        while (last.time().isLate(clock.get())) {
            Set<Detected> open = RevocationRules.reckonedFromCommit(last.detected());
            if (open.isEmpty()) {
                break;
            }
            if (attempts == ATTEMPTS) {
                return new Covered(all, false);
            }
            attempts++;
            try {
                last = again.write(last, open);
            } catch (RuntimeException e) {
                LOG.warnf(
                        e,
                        "Revocations of realm %s were committed late, and it is left to the drainer to cover the"
                                + " time until then",
                        committed.realm());
                return new Covered(all, false);
            }
            all.addAll(last.revocations());
        }
        return new Covered(all, true);
    }
}
