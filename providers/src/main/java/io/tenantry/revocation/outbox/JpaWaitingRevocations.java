package io.tenantry.revocation.outbox;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads what is committed and still of use, but not known to be published. */
public final class JpaWaitingRevocations {
    private JpaWaitingRevocations() {}

    /** When the oldest of a realm was written; empty if none waits. */
    public static Optional<Instant> oldest(KeycloakSession session, RealmModel realm, Instant now) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return entities
                .createQuery(
                        "select min(r.createdAt) from RevocationEntity r where r.realm = :realm"
                                + " and r.publishedAt is null and r.expiresAt > :now",
                        Long.class)
                .setParameter("realm", realm.getName())
                .setParameter("now", now.toEpochMilli())
                .getResultList()
                .stream()
                .filter(Objects::nonNull)
                .map(Instant::ofEpochMilli)
                .findFirst();
    }
}
