package io.tenantry.revocation;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Whether requests may wait for the publisher, realm by realm: what fails for one is no other's, unless nobody answers at
 * all.
 */
public final class RealmBreakers {
    private final CircuitBreaker every = new CircuitBreaker();
    private final Map<String, CircuitBreaker> byRealm = new ConcurrentHashMap<>();

    /** Whether requests of a realm must not try. */
    public boolean isOpen(String realm) {
        CircuitBreaker own = byRealm.get(realm);
        return every.isOpen() || (own != null && own.isOpen());
    }

    /** Whether nobody answers at all. */
    public boolean isOpenForEvery() {
        return every.isOpen();
    }

    /** Whether requests of any realm must not try. */
    public boolean isAnyOpen() {
        return every.isOpen() || byRealm.values().stream().anyMatch(CircuitBreaker::isOpen);
    }

    /** How many realms have trouble of their own. */
    public long failing() {
        return byRealm.values().stream().filter(CircuitBreaker::isOpen).count();
    }

    /** Why the last attempt for a realm failed; empty if it succeeded. */
    public Optional<String> problem(String realm) {
        return Stream.of(Optional.ofNullable(byRealm.get(realm)).flatMap(CircuitBreaker::problem), every.problem())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Notes a failure; true if it is news. */
    public boolean failed(String realm, String reason, PublishException.Reach reach) {
        return switch (reach) {
            case EVERY_REALM -> every.failed(reason);
            case REALM ->
                byRealm.computeIfAbsent(realm, name -> new CircuitBreaker()).failed(reason);
        };
    }

    /** Notes that somebody answers, were it only to refuse what was asked for one realm. */
    public void answered() {
        every.succeeded();
    }

    /** Notes a success, after which somebody answers; true if it is the first since the last failure. */
    public boolean succeeded(String realm) {
        CircuitBreaker own = byRealm.get(realm);
        boolean first = every.isOpen() && every.succeeded();
        return (own != null && own.succeeded()) || first;
    }

    /** Forgets realms that are none any more. */
    public void retain(Collection<String> realms) {
        byRealm.keySet().retainAll(realms);
    }
}
