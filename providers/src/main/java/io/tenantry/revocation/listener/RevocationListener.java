package io.tenantry.revocation.listener;

import io.tenantry.revocation.AdminEventDetector;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.UserEventDetector;
import java.util.List;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Hands events to the detectors and what they find to the transaction. */
final class RevocationListener implements EventListenerProvider {
    private final KeycloakSession session;
    private final RevocationService service;

    RevocationListener(KeycloakSession session, RevocationService service) {
        this.session = session;
        this.service = service;
    }

    @Override
    public void onEvent(Event event) {
        String realmId = event.getRealmId();
        if (realmId != null && event.getType() != null) {
            add(realmId, () -> UserEventDetector.detect(event));
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        String realmId = event.getRealmId();
        RealmModel realm = realmId == null ? null : session.realms().getRealm(realmId);
        if (realm != null) {
            if (event.getResourceType() == ResourceType.REALM) {
                // Its lifespans may be others now; no provider event says so
                RevocationUnit.of(session, service).lifetimesMayHaveChanged(realmId);
                if (!RevocationListenerFactory.listensTo(realm)) {
                    // Whoever takes it off is the last that it hears
                    RevocationUnit.of(session, service).switchedOff(realmId);
                }
            }
            add(realmId, () -> AdminEventDetector.detect(event, new SessionRealmDirectory(session, realm)));
        }
    }

    private void add(String realmId, Detection detection) {
        try {
            List<Detected> detected = detection.detect();
            if (!detected.isEmpty()) {
                RevocationUnit.of(session, service).add(realmId, detected);
            }
        } catch (RuntimeException e) {
            // Keycloak logs what a listener throws and commits all the same: then trust would end unnoticed
            session.getTransactionManager().setRollbackOnly();
            throw e;
        }
    }

    @Override
    public void close() {}

    private interface Detection {
        List<Detected> detect();
    }
}
