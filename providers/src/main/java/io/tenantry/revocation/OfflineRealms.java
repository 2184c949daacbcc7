package io.tenantry.revocation;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which realms have sessions that go on offline: those of a second ago, and those of this node's own since. Only there may
 * a session's id come again once it has ended, and only there is it worth asking: everywhere else the question would cost a
 * logout one round trip in ten.
 */
public final class OfflineRealms {
    private final Set<String> own = ConcurrentHashMap.newKeySet();
    private volatile Optional<Set<String>> ids = Optional.empty();

    /** Notes that a session of a realm goes on offline from now on. */
    public void add(String realmId) {
        own.add(realmId);
    }

    /** Notes them, by id. */
    public void known(Set<String> realmIds) {
        ids = Optional.of(Set.copyOf(realmIds));
    }

    /** Whether a realm may have some; until anything is known, each may. */
    public boolean mayHave(String realmId) {
        return own.contains(realmId)
                || ids.map(known -> known.contains(realmId)).orElse(true);
    }
}
