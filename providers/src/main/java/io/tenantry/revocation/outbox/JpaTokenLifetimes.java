package io.tenantry.revocation.outbox;

import io.tenantry.revocation.LongestTokenLifetime;
import io.tenantry.revocation.TokenLifetimes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * How long access tokens of a realm live and lived, the latter from a table of ours. Asks the database for the settings:
 * loading every client would take longer by far.
 */
public final class JpaTokenLifetimes {
    private static final Logger LOG = Logger.getLogger(JpaTokenLifetimes.class);
    private static final String OVERRIDES =
            "select a.client.realmId, a.value from ClientAttributeEntity a where a.name = :name";

    private final EntityManager entities;

    public JpaTokenLifetimes(KeycloakSession session) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** What is noted of a realm, or null if nothing is. */
    public @Nullable TokenLifetimes noted(RealmModel realm) {
        LifetimeEntity known = entities.find(LifetimeEntity.class, realm.getId());
        return known == null ? null : known.lifetimes();
    }

    /**
     * What counts for a revocation now. Clients are asked for theirs only while nothing is noted of the realm: their
     * changes are noted as they are made, and a query more at each sign-out would be felt.
     *
     * @param noted of the realm
     */
    public TokenLifetimes of(RealmModel realm, @Nullable TokenLifetimes noted) {
        return noted == null ? TokenLifetimes.first(inForce(realm)) : noted.atLeast(inForce(realm, List.of()));
    }

    /**
     * Notes what was in force before the transaction under way, if nobody has yet. A realm that it creates has no such
     * past, and is not to be asked for.
     *
     * @param sessions to ask past the transaction
     */
    public void noteBefore(KeycloakSessionFactory sessions, RealmModel realm) {
        String realmId = realm.getId();
        if (entities.find(LifetimeEntity.class, realmId) != null) {
            return;
        }
        try {
            KeycloakModelUtils.runJobInTransaction(
                    sessions, before -> new JpaTokenLifetimes(before).noteFirst(realmId));
        } catch (RuntimeException e) {
            // Most likely a node has noted it this moment. Whatever else it is, what follows meets it too
            LOG.debugf(e, "Lifetimes of realm %s are noted by another node, or cannot be", realmId);
        }
    }

    /** Notes what is in force now, in the transaction under way. */
    public void note(RealmModel realm, Instant now) {
        note(realm.getId(), inForce(realm), now);
    }

    /** The ids of the realms whose settings differ from what is noted, with what is in force there. */
    Map<String, Duration> unnoted() {
        Map<String, Duration> noted = new HashMap<>();
        entities.createQuery("select l from LifetimeEntity l", LifetimeEntity.class)
                .getResultStream()
                .forEach(each -> noted.put(each.realmId(), each.lifetimes().longest()));
        Map<String, Duration> unnoted = inForce();
        unnoted.entrySet().removeIf(each -> each.getValue().equals(noted.get(each.getKey())));
        return unnoted;
    }

    /** Notes what is in force in a realm. */
    void note(String realmId, Duration inForce, Instant now) {
        LifetimeEntity known = entities.find(LifetimeEntity.class, realmId, LockModeType.PESSIMISTIC_WRITE);
        if (known == null) {
            entities.persist(new LifetimeEntity(realmId, TokenLifetimes.first(inForce)));
        } else {
            // Another transaction may have written since it was read without the lock
            entities.refresh(known);
            known.set(known.lifetimes().observed(inForce, now));
        }
        entities.flush();
    }

    /** How long the longest-lived token of any realm lives, or lived and may still be valid. */
    Duration longest(Instant now) {
        Long longest = entities.createQuery(
                        "select max(case when l.formerUntil > :now and l.formerLongest > l.longest"
                                + " then l.formerLongest else l.longest end) from LifetimeEntity l",
                        Long.class)
                .setParameter("now", now.toEpochMilli())
                .getSingleResult();
        return Duration.ofMillis(longest == null ? 0 : longest);
    }

    /** Forgets the realms that are gone, unless a data set is left of one: its tokens may still be valid. */
    void forgetGone() {
        entities.createQuery("delete from LifetimeEntity l"
                        + " where not exists (select r.id from RealmEntity r where r.id = l.realmId)"
                        + " and not exists (select e.realm from EpochEntity e"
                        + " where not exists (select n.id from RealmEntity n where n.name = e.realm))")
                .executeUpdate();
    }

    private void noteFirst(String realmId) {
        Duration inForce = inForce().get(realmId);
        // A realm that nobody else sees yet has no past
        if (inForce != null) {
            entities.persist(new LifetimeEntity(realmId, TokenLifetimes.first(inForce)));
        }
    }

    private Duration inForce(RealmModel realm) {
        List<String> overrides = entities.createQuery(OVERRIDES + " and a.client.realmId = :realm", Object[].class)
                .setParameter("name", OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN)
                .setParameter("realm", realm.getId())
                .getResultStream()
                .map(row -> (String) row[1])
                .toList();
        return inForce(realm, overrides);
    }

    private static Duration inForce(RealmModel realm, List<String> overrides) {
        return LongestTokenLifetime.of(
                realm.getAccessTokenLifespan(),
                realm.getAccessTokenLifespanForImplicitFlow(),
                realm.getSsoSessionMaxLifespan(),
                realm.getSsoSessionMaxLifespanRememberMe(),
                overrides);
    }

    private Map<String, Duration> inForce() {
        Map<String, List<String>> overrides = new HashMap<>();
        entities.createQuery(OVERRIDES, Object[].class)
                .setParameter("name", OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN)
                .getResultStream()
                .forEach(row -> overrides
                        .computeIfAbsent((String) row[0], realm -> new ArrayList<>())
                        .add((String) row[1]));
        Map<String, Duration> inForce = new HashMap<>();
        entities.createQuery(
                        "select r.id, r.accessTokenLifespan, r.accessTokenLifespanForImplicitFlow,"
                                + " r.ssoSessionMaxLifespan, r.ssoSessionMaxLifespanRememberMe from RealmEntity r",
                        Object[].class)
                .getResultStream()
                .forEach(row -> inForce.put(
                        (String) row[0],
                        LongestTokenLifetime.of(
                                (int) row[1],
                                (int) row[2],
                                (int) row[3],
                                (int) row[4],
                                overrides.getOrDefault((String) row[0], List.of()))));
        return inForce;
    }
}
