package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.RevocationStore;
import io.tenantry.revocation.TokenLifetimes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import org.hibernate.query.NativeQuery;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes to the table in the session's own transaction. */
public final class JpaRevocationStore implements RevocationStore {
    /** As SQL: a statement of Hibernate's language that writes is translated anew each time, longer than it takes. */
    private static final String INSERT_IF_NOTED =
            "insert into {h-schema}TENANTRY_REVOCATION (ID, REALM, KIND, SELECTOR, SELECTOR_DIGEST, CUTOFF, EXPIRES_AT, CAUSE,"
                    + " CREATED_AT, SECURITY_EVENT) select :id, :realm, :kind, :selector, :selectorDigest, :cutoff, :expiresAt,"
                    + " :cause, :createdAt, :securityEvent from {h-schema}TENANTRY_LIFETIME where REALM_ID = :realmId"
                    + " and LONGEST = :longest and FORMER_LONGEST = :formerLongest and FORMER_UNTIL = :formerUntil";

    private final EntityManager entities;

    public JpaRevocationStore(KeycloakSession session) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Writes all else of the transaction: what a lock holds up is held up before the clock is read. */
    public void writeAllElse() {
        entities.flush();
    }

    /**
     * Writes them if the table still has what they were reckoned with, which one statement finds out on the way; otherwise
     * none.
     *
     * @param noted of the realm's token lifetimes
     * @return whether they are written
     */
    public boolean writeIfNoted(RealmModel realm, TokenLifetimes noted, List<Revocation> revocations, Instant now) {
        RevocationEntity first = new RevocationEntity(realm.getName(), revocations.get(0), now);
        // Not told what it touches, Hibernate writes all else first and clears its caches of every type of entity: the
        // benchmark alone would show it
        Query insert = entities.createNativeQuery(INSERT_IF_NOTED)
                .unwrap(NativeQuery.class)
                .addSynchronizedEntityClass(RevocationEntity.class)
                .addSynchronizedEntityClass(LifetimeEntity.class);
        int written = first.bind(insert)
                .setParameter("realmId", realm.getId())
                .setParameter("longest", noted.longest().toMillis())
                .setParameter("formerLongest", noted.formerLongest().toMillis())
                .setParameter("formerUntil", noted.formerUntil().toEpochMilli())
                .executeUpdate();
        if (written == 1 && revocations.size() > 1) {
            write(realm.getName(), revocations.subList(1, revocations.size()), now);
        }
        return written == 1;
    }

    @Override
    public void write(String realm, List<Revocation> revocations, Instant now) {
        for (Revocation revocation : revocations) {
            entities.persist(new RevocationEntity(realm, revocation, now));
        }
        // Now rather than with the commit: a failure here still rolls the request's transaction back as a whole
        entities.flush();
    }
}
