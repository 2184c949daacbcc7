package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.Cause;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.ModelChangeDetector;
import io.tenantry.revocation.RevocationRules;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Not-befores that lie ahead. Keycloak takes no token until then, and goes on issuing some: each cutoff reaches as far as
 * tokens can be issued by now, and is followed by the next as long as the not-before stands.
 */
final class JpaNotBefores {
    /** The next is due when the last reaches no further than this: half of what it reached. */
    private static final Duration DUE = RevocationRules.IN_FLIGHT_MARGIN.dividedBy(2);

    /** One that a later one has taken the place of is deleted after a while, so that a year has no thirty million. */
    private static final Duration SUPERSEDED = Duration.ofMinutes(1);

    private final KeycloakSession session;
    private final EntityManager entities;
    private final String listenerId;
    private final RevocationWriter writer;

    JpaNotBefores(KeycloakSession session, String listenerId, RevocationWriter writer) {
        this.session = session;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.listenerId = listenerId;
        this.writer = writer;
    }

    /** Writes what is due; returns it by the realm's name. */
    Map<String, List<Revocation>> repeat(Instant now) {
        Map<String, List<Revocation>> written = new HashMap<>();
        int seconds = Math.toIntExact(now.getEpochSecond());
        entities.createQuery("select r.id, r.notBefore from RealmEntity r where r.notBefore > :now", Object[].class)
                .setParameter("now", seconds)
                .getResultList()
                .forEach(row -> repeat(written, now, (String) row[0], ModelChangeDetector.notBefore((Integer) row[1])));
        entities.createQuery(
                        "select c.realmId, c.clientId, c.notBefore from ClientEntity c where c.notBefore > :now",
                        Object[].class)
                .setParameter("now", seconds)
                .getResultList()
                .forEach(row ->
                        repeat(written, now, (String) row[0], ModelChangeDetector.notBefore((String) row[1], (Integer)
                                row[2])));
        return written;
    }

    private void repeat(Map<String, List<Revocation>> written, Instant now, String realmId, Detected detected) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null || realm.getEventsListenersStream().noneMatch(listenerId::equals)) {
            return;
        }
        Instant due = now.plus(DUE);
        Selector selector = detected.selector();
        Long latest = (Long) of(entities.createQuery("select max(r.cutoff)" + rows(selector)), realm, selector)
                .getSingleResult();
        if (Optional.ofNullable(latest)
                .filter(cutoff -> cutoff >= due.toEpochMilli())
                .isPresent()) {
            return;
        }
        of(entities.createQuery("delete" + rows(selector) + " and r.cutoff < :superseded"), realm, selector)
                .setParameter("superseded", now.minus(SUPERSEDED).toEpochMilli())
                .executeUpdate();
        written.computeIfAbsent(realm.getName(), name -> new ArrayList<>())
                .addAll(writer.write(session, realm, Set.of(detected)));
    }

    private static String rows(Selector selector) {
        return " from RevocationEntity r where r.realm = :realm and r.kind = :kind and r.cause = :cause and "
                + (selector.parts().isEmpty() ? "r.selector is null" : "r.selector = :parts");
    }

    private static Query of(Query query, RealmModel realm, Selector selector) {
        query.setParameter("realm", realm.getName())
                .setParameter("kind", selector.kind().wireName())
                .setParameter("cause", Cause.NOT_BEFORE.word());
        return selector.parts().isEmpty() ? query : query.setParameter("parts", selector.encodedParts());
    }
}
