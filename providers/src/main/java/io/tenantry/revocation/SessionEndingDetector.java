package io.tenantry.revocation;

import io.tenantry.contract.Selector;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the end of a session revokes where no event of the same transaction has said more. */
public final class SessionEndingDetector {
    private SessionEndingDetector() {}

    /**
     * The revocations of those sessions that the others leave out.
     *
     * @param known what the transaction's events and changes revoke
     */
    public static List<Detected> detect(Collection<EndedSession> ended, Set<Detected> known) {
        Set<Selector> covered = known.stream()
                .filter(each -> each.cause().sourceEnded())
                .map(Detected::selector)
                .collect(Collectors.toSet());
        return ended.stream()
                .filter(session -> !covered.contains(Selector.realm())
                        && !covered.contains(Selector.sid(session.id()))
                        && (session.userId() == null || !covered.contains(Selector.sub(session.userId()))))
                .map(session -> Detected.now(Selector.sid(session.id()), Cause.SESSION_ENDED))
                .toList();
    }
}
