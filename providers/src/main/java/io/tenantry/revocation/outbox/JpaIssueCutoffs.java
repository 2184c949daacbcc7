package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.RevocationRules;
import io.tenantry.tenant.IssueCutoffs;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Keeps them in the table of cutoffs; asks the database each time, because another node may have written a moment ago. */
public final class JpaIssueCutoffs implements IssueCutoffs {
    private final KeycloakSession session;

    public JpaIssueCutoffs(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public boolean cover(RealmModel realm, List<Selector> selectors, Instant issuedAt) {
        return entities()
                        .createQuery(
                                "select count(c) from CutoffEntity c where c.id in :ids and c.cutoff >= :issuedAt",
                                Long.class)
                        .setParameter(
                                "ids",
                                selectors.stream()
                                        .map(selector -> CutoffEntity.idOf(realm.getId(), selector))
                                        .toList())
                        .setParameter("issuedAt", issuedAt.toEpochMilli())
                        .getSingleResult()
                > 0;
    }

    @Override
    public boolean revoked(RealmModel realm, List<Selector> selectors, Instant issuedAt) {
        return entities()
                .createQuery(
                        "select r from RevocationEntity r where r.selectorDigest in :digests and r.cutoff >= :issuedAt",
                        RevocationEntity.class)
                .setParameter(
                        "digests",
                        selectors.stream()
                                .map(selector -> CutoffEntity.idOf(realm.getName(), selector))
                                .toList())
                .setParameter("issuedAt", issuedAt.toEpochMilli())
                .setMaxResults(1)
                .getResultStream()
                .findAny()
                .isPresent();
    }

    @Override
    public boolean overtake(RealmModel realm, List<Selector> selectors, Instant since, Instant now) {
        if (Duration.between(since, now).compareTo(RevocationRules.CERTAIN_MARGIN) < 0) {
            return false;
        }
        // One that was committed since may have been written before; where it took longer than that, a second follows
        // it
        Instant written = since.minus(RevocationRules.COMMIT_TOLERANCE);
        // In a transaction of its own: some databases show the request's what was there as it began
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                latest -> latest.getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .createQuery(
                                "select r from RevocationEntity r where r.realm = :realm and r.createdAt >= :since"
                                        + " and (r.selector in :parts or r.selector is null)",
                                RevocationEntity.class)
                        .setParameter("realm", realm.getName())
                        .setParameter("since", written.toEpochMilli())
                        .setParameter(
                                "parts",
                                selectors.stream().map(Selector::encodedParts).toList())
                        .getResultStream()
                        .flatMap(row -> row.readable().stream())
                        .anyMatch(revocation -> selectors.contains(revocation.selector())));
    }

    /** Raises the cutoffs of these, in the transaction under way. */
    public void raise(RealmModel realm, Collection<Revocation> revocations) {
        EntityManager entities = entities();
        for (Revocation revocation : revocations) {
            Selector selector = revocation.selector();
            CutoffEntity known = entities.find(
                    CutoffEntity.class, CutoffEntity.idOf(realm.getId(), selector), LockModeType.PESSIMISTIC_WRITE);
            if (known == null) {
                entities.persist(new CutoffEntity(realm.getId(), selector, revocation.cutoff()));
            } else {
                known.raiseTo(revocation.cutoff());
            }
        }
        // Now rather than with the commit: a failure here still undoes the order as a whole
        entities.flush();
    }

    /** Has the cutoff of a selector, if it lies further ahead, reach this moment. */
    public void lowerTo(Instant moment, RealmModel realm, Selector selector) {
        entities()
                .createQuery("update CutoffEntity c set c.cutoff = :moment where c.id = :id and c.cutoff > :moment")
                .setParameter("moment", moment.toEpochMilli())
                .setParameter("id", CutoffEntity.idOf(realm.getId(), selector))
                .executeUpdate();
    }

    @Override
    public void close() {}

    private EntityManager entities() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
