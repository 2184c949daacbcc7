package io.tenantry.proof;

import jakarta.persistence.EntityManager;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.JpaUserProvider;
import org.keycloak.models.jpa.UserAdapter;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Keycloak's table of users, where every credential, address and link arrives by whichever page, flow or API: here it is
 * asked whether it may, and noted whom it counts for.
 */
final class VouchedUserProvider extends JpaUserProvider {
    private final KeycloakSession session;
    private final AccountChanges changes;

    VouchedUserProvider(KeycloakSession session, EntityManager entities) {
        super(session, entities);
        this.session = session;
        this.changes = new AccountChanges(session);
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        if (PasswordCredentialModel.PASSWORD_HISTORY.equals(credential.getType())) {
            return super.createCredential(realm, user, credential);
        }
        changes.requireCredential(user, null);
        CredentialModel created = super.createCredential(realm, user, credential);
        changes.setCredential(realm, user, created.getId(), created.getType());
        return created;
    }

    @Override
    public boolean removeStoredCredential(RealmModel realm, UserModel user, String id) {
        changes.requireRemoval(user, id);
        boolean removed = super.removeStoredCredential(realm, user, id);
        if (removed) {
            new VouchedCredentials(session).remove(id);
        }
        return removed;
    }

    @Override
    public void addFederatedIdentity(RealmModel realm, UserModel user, FederatedIdentityModel identity) {
        changes.requireLink(user, identity.getIdentityProvider());
        super.addFederatedIdentity(realm, user, identity);
    }

    @Override
    public boolean removeFederatedIdentity(RealmModel realm, UserModel user, String alias) {
        changes.requireUnlink(user);
        return super.removeFederatedIdentity(realm, user, alias);
    }

    @Override
    public UserModel addUser(
            RealmModel realm, String id, String username, boolean addDefaultRoles, boolean addDefaultActions) {
        return vouched(realm, super.addUser(realm, id, username, addDefaultRoles, addDefaultActions));
    }

    @Override
    public @Nullable UserModel getUserById(RealmModel realm, String id) {
        return known(realm, super.getUserById(realm, id));
    }

    @Override
    public @Nullable UserModel getUserByUsername(RealmModel realm, String username) {
        return known(realm, super.getUserByUsername(realm, username));
    }

    @Override
    public @Nullable UserModel getUserByEmail(RealmModel realm, String email) {
        return known(realm, super.getUserByEmail(realm, email));
    }

    @Override
    public @Nullable UserModel getUserByFederatedIdentity(RealmModel realm, FederatedIdentityModel identity) {
        return known(realm, super.getUserByFederatedIdentity(realm, identity));
    }

    @Override
    public boolean removeUser(RealmModel realm, UserModel user) {
        changes.requireDeletion(user);
        new VouchedCredentials(session).clear(user);
        return super.removeUser(realm, user);
    }

    @Override
    public void preRemove(RealmModel realm) {
        new VouchedCredentials(session).removeAll(realm);
        super.preRemove(realm);
    }

    private @Nullable UserModel known(RealmModel realm, @Nullable UserModel user) {
        return user == null ? null : vouched(realm, user);
    }

    private UserModel vouched(RealmModel realm, UserModel user) {
        return user instanceof UserAdapter stored ? new VouchedUser(em, realm, stored.getEntity()) : user;
    }

    /** A user whose address tells for whom it counts. */
    private final class VouchedUser extends UserAdapter {
        private final RealmModel where;

        private VouchedUser(EntityManager entities, RealmModel where, UserEntity entity) {
            super(session, where, entities, entity);
            this.where = where;
        }

        @Override
        public void setEmail(@Nullable String email) {
            String before = getEmail();
            super.setEmail(email);
            if (!Objects.equals(before, getEmail())) {
                changes.setAddress(where, this);
            }
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
