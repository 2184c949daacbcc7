package io.tenantry.revocation.listener;

import io.tenantry.revocation.Detected;
import io.tenantry.revocation.EndedSession;
import io.tenantry.revocation.SessionEndingDetector;
import io.tenantry.revocation.TokenLifetimes;
import io.tenantry.revocation.outbox.JpaLiveRevocations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What one transaction revokes. Events only add to it; the rows are written as the transaction prepares to commit, because
 * there a failure undoes the whole and the request answers with an error, while Keycloak swallows what a listener throws.
 */
final class RevocationUnit {
    private static final String ATTRIBUTE = RevocationUnit.class.getName();

    private final KeycloakSession session;
    private final RevocationService service;
    private final Map<String, Set<Detected>> detectedByRealmId = new LinkedHashMap<>();
    private final Map<String, Set<EndedSession>> endedByRealmId = new LinkedHashMap<>();
    private final Set<String> createdRealmIds = new HashSet<>();
    private final Set<String> resetRealmIds = new LinkedHashSet<>();
    private final Map<String, TokenLifetimes> removedRealms = new LinkedHashMap<>();
    private final Set<String> switchedOffRealms = new LinkedHashSet<>();
    private final List<Written> written = new ArrayList<>();

    private RevocationUnit(KeycloakSession session, RevocationService service) {
        this.session = session;
        this.service = service;
    }

    /** The session's own, enlisted in its transaction when it is first asked for. */
    static RevocationUnit of(KeycloakSession session, RevocationService service) {
        RevocationUnit existing = session.getAttribute(ATTRIBUTE, RevocationUnit.class);
        if (existing != null) {
            return existing;
        }
        RevocationUnit unit = new RevocationUnit(session, service);
        session.getTransactionManager().enlistPrepare(transaction(unit::write));
        session.getTransactionManager().enlistAfterCompletion(transaction(unit::publish));
        session.setAttribute(ATTRIBUTE, unit);
        return unit;
    }

    void add(String realmId, Collection<Detected> detected) {
        detectedByRealmId.computeIfAbsent(realmId, id -> new LinkedHashSet<>()).addAll(detected);
    }

    /** Notes a session that was taken out of the store: it is revoked unless an event of the transaction sees to it. */
    void add(String realmId, EndedSession ended) {
        endedByRealmId.computeIfAbsent(realmId, id -> new LinkedHashSet<>()).add(ended);
    }

    /** Notes a realm that has no past. */
    void created(String realmId) {
        createdRealmIds.add(realmId);
        resetRealmIds.add(realmId);
    }

    /** Notes that tokens may live longer or shorter from now on. */
    void lifetimesMayHaveChanged(String realmId) {
        resetRealmIds.add(realmId);
    }

    /** Notes a realm that is being removed; nothing of it can be asked for once the transaction is about to end. */
    void removed(RealmModel realm) {
        // Were the listener off, consumers would know its keys all the same
        if (new JpaLiveRevocations(session, realm).epoch() != null) {
            removedRealms.put(realm.getName(), service.lifetimes(session, realm));
        }
    }

    /** Notes a realm that has no listener any more: what is revoked from here on nobody is told. */
    void switchedOff(String realmId) {
        switchedOffRealms.add(realmId);
    }

    private void write() {
        resetRealmIds.forEach(realmId -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
                service.noteLifetimes(session, realm, createdRealmIds.contains(realmId));
            }
        });
        switchedOffRealms.forEach(realmId -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
                new JpaLiveRevocations(session, realm).switchOff(service.now());
            }
        });
        removedRealms.forEach((realm, lifetimes) -> add(service.writeRemoved(session, realm, lifetimes)));
        endedByRealmId.forEach((realmId, ended) -> {
            List<Detected> untold =
                    SessionEndingDetector.detect(ended, detectedByRealmId.getOrDefault(realmId, Set.of()));
            if (!untold.isEmpty()) {
                add(realmId, untold);
            }
        });
        detectedByRealmId.forEach((realmId, detected) -> {
            RealmModel realm = session.realms().getRealm(realmId);
            // One that is deleted in this very transaction is revoked as a whole
            if (realm != null) {
                add(service.write(session, realm, detected));
            }
        });
    }

    private void add(Written now) {
        if (!now.revocations().isEmpty()) {
            written.add(now);
        }
    }

    private void publish() {
        written.forEach(each -> service.publish(session, each));
    }

    static AbstractKeycloakTransaction transaction(Runnable onCommit) {
        return new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                onCommit.run();
            }

            @Override
            protected void rollbackImpl() {
                // Nothing was done that the database does not undo
            }
        };
    }
}
