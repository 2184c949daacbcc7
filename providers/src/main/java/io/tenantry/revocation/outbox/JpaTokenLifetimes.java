package io.tenantry.revocation.outbox;

import io.tenantry.revocation.LongestTokenLifetime;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/** Reads how long access tokens of a realm live. Asks the database: loading every client would take longer by far. */
public final class JpaTokenLifetimes {
    private JpaTokenLifetimes() {}

    /** The longest lifetime now in force, clients' overrides included. */
    public static Duration longest(KeycloakSession session, RealmModel realm) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        List<String> overrides = entities.createQuery(
                        "select a.value from ClientAttributeEntity a where a.name = :name and a.client.realmId = :realm",
                        String.class)
                .setParameter("name", OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN)
                .setParameter("realm", realm.getId())
                .getResultList();
        return LongestTokenLifetime.of(
                realm.getAccessTokenLifespan(),
                realm.getAccessTokenLifespanForImplicitFlow(),
                realm.getSsoSessionMaxLifespan(),
                realm.getSsoSessionMaxLifespanRememberMe(),
                overrides);
    }
}
