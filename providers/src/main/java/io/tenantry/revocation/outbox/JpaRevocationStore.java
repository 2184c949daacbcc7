package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.RevocationStore;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Writes to the table in the session's own transaction. */
public final class JpaRevocationStore implements RevocationStore {
    private final KeycloakSession session;

    public JpaRevocationStore(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void write(String realm, List<Revocation> revocations, Instant now) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        for (Revocation revocation : revocations) {
            entities.persist(new RevocationEntity(realm, revocation, now));
        }
        // Now rather than with the commit: a failure here still rolls the request's transaction back as a whole
        entities.flush();
    }
}
