package io.tenantry.revocation;

import java.util.Optional;
import java.util.Set;

/**
 * Which realms have sessions that go on offline, as of a second ago. Only there may a session's id come again once it has
 * ended, and only there is it worth asking: everywhere else the question would cost a logout one round trip in ten.
 */
public final class OfflineRealms {
    private volatile Optional<Set<String>> ids = Optional.empty();

    /** Notes them, by id. */
    public void known(Set<String> realmIds) {
        ids = Optional.of(Set.copyOf(realmIds));
    }

    /** Whether a realm may have some; until anything is known, each may. */
    public boolean mayHave(String realmId) {
        return ids.map(known -> known.contains(realmId)).orElse(true);
    }
}
