package io.tenantry.proof;

import io.tenantry.time.ServerClock;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The table of credentials that count for some tenants alone. One that is not in it is somebody's own. */
public final class VouchedCredentials {
    /** The type of the address, which proves who somebody is to those who take a mail for a proof. */
    public static final String ADDRESS = "address";

    /** What the column holds; each tenant takes an id's 36 characters and one. */
    private static final int LONGEST = 4000;

    private final KeycloakSession session;

    public VouchedCredentials(KeycloakSession session) {
        this.session = session;
    }

    /** Those of a user. */
    public List<VouchedCredential> of(UserModel user) {
        return entities()
                .createQuery(
                        "select v from VouchedCredentialEntity v where v.userId = :user", VouchedCredentialEntity.class)
                .setParameter("user", user.getId())
                .getResultStream()
                .map(VouchedCredentialEntity::model)
                .toList();
    }

    /** Forgets all of a user's, and says how many. */
    int clear(UserModel user) {
        return entities()
                .createQuery("delete from VouchedCredentialEntity v where v.userId = :user")
                .setParameter("user", user.getId())
                .executeUpdate();
    }

    /** The id of what has none of its own: the address, or a password that a user storage keeps. */
    static String idOf(String type, UserModel user) {
        return type + '/' + user.getId();
    }

    /** Has a credential count as far as this, from now on. */
    void put(RealmModel realm, UserModel user, String id, String type, Trust trust) {
        EntityManager entities = entities();
        VouchedCredentialEntity known = entities.find(VouchedCredentialEntity.class, id);
        if (trust.equals(Trust.anywhere())) {
            if (known != null) {
                entities.remove(known);
            }
            return;
        }
        VouchedCredentialEntity row =
                known == null ? new VouchedCredentialEntity(id, realm.getId(), user.getId(), type) : known;
        // Nobody is in a hundred tenants that one sign-in vouches for; fewer are less
        String text = trust.text().length() > LONGEST ? Trust.nowhere().text() : trust.text();
        row.vouchedBy(text, ServerClock.INSTANCE.millis());
        if (known == null) {
            entities.persist(row);
        }
    }

    /** Forgets a credential that is no more. */
    void remove(String id) {
        VouchedCredentialEntity known = entities().find(VouchedCredentialEntity.class, id);
        if (known != null) {
            entities().remove(known);
        }
    }

    /** Forgets those of a realm that is removed. */
    void removeAll(RealmModel realm) {
        entities()
                .createQuery("delete from VouchedCredentialEntity v where v.realmId = :realm")
                .setParameter("realm", realm.getId())
                .executeUpdate();
    }

    private EntityManager entities() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
