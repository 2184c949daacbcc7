package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads the revocations of one realm that a token may still need, and the name of its data set. */
public final class JpaLiveRevocations {
    private static final String LIVE = " from RevocationEntity r where r.realm = :realm and r.expiresAt > :now";

    private static final String PENDING = " and r.publishedAt is null";

    private final EntityManager entities;
    private final RealmModel realm;

    public JpaLiveRevocations(KeycloakSession session, RealmModel realm) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
    }

    /**
     * A row.
     *
     * @param publishedAt null while it is not known to be published
     */
    public record Row(
            Revocation revocation,
            Instant createdAt,
            @Nullable Instant publishedAt) {}

    /** A page of them, the newest first. */
    public List<Row> page(Instant now, int first, int max) {
        return entities
                .createQuery("select r" + LIVE + " order by r.createdAt desc, r.id", RevocationEntity.class)
                .setParameter("realm", realm.getName())
                .setParameter("now", now.toEpochMilli())
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList()
                .stream()
                // What cannot be read is told by the doctor
                .flatMap(row ->
                        row
                                .readable()
                                .map(revocation -> new Row(revocation, row.createdAt(), row.publishedAt()))
                                .stream())
                .toList();
    }

    /** How many there are. */
    public long count(Instant now) {
        return count(now, "");
    }

    /** How many of them are not known to be published. */
    public long pending(Instant now) {
        return count(now, PENDING);
    }

    /** When the oldest of those was written; empty if none waits. */
    public Optional<Instant> oldestPending(Instant now) {
        return entities
                .createQuery("select min(r.createdAt)" + LIVE + PENDING, Long.class)
                .setParameter("realm", realm.getName())
                .setParameter("now", now.toEpochMilli())
                .getResultList()
                .stream()
                .filter(Objects::nonNull)
                .map(Instant::ofEpochMilli)
                .findFirst();
    }

    private long count(Instant now, String more) {
        return entities.createQuery("select count(r)" + LIVE + more, Long.class)
                .setParameter("realm", realm.getName())
                .setParameter("now", now.toEpochMilli())
                .getSingleResult();
    }

    /** The name that the data set should have; null before it was first published. */
    public @Nullable String epoch() {
        EpochEntity known = entities.find(EpochEntity.class, realm.getName());
        return known == null ? null : known.epoch();
    }

    /** Notes that its data set is no longer kept current. */
    public void switchOff(Instant now) {
        EpochEntity.switchOff(entities, realm.getName(), now);
    }

    /** Has a drainer publish all of it anew; one that was never published is about to be. */
    public void wantAgain(Instant now) {
        EpochEntity.wantAgain(entities, realm.getName(), now);
    }

    /** The live revocation of this id; empty if there is none, or it cannot be read. */
    public Optional<Revocation> find(String id, Instant now) {
        RevocationEntity row = entities.find(RevocationEntity.class, id);
        return row == null || !row.realm().equals(realm.getName())
                ? Optional.empty()
                : row.readable().filter(revocation -> revocation.expiresAt().isAfter(now));
    }

    /** Has cutoffs of a selector that lie further ahead reach this moment. */
    public void lowerTo(Instant moment, Selector selector) {
        String parts = selector.encodedParts();
        Query lower = entities.createQuery(
                        "update RevocationEntity r set r.expiresAt = r.expiresAt - r.cutoff + :moment,"
                                + " r.cutoff = :moment where r.realm = :realm and r.kind = :kind and r.cutoff > :moment and "
                                + (parts.isEmpty() ? "r.selector is null" : "r.selector = :parts"))
                .setParameter("realm", realm.getName())
                .setParameter("kind", selector.kind().wireName())
                .setParameter("moment", moment.toEpochMilli());
        if (!parts.isEmpty()) {
            lower.setParameter("parts", parts);
        }
        lower.executeUpdate();
    }
}
