package io.tenantry.password;

import io.tenantry.proof.AccountChanges;
import io.tenantry.tenant.SilentEnding;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.RealmModelDelegate;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own password credential, which also keeps former passwords as long as the user's tenants need them, and
 * notes at a login whether the password still meets their rules. Elsewhere than in a realm that asks for its tenants'
 * rules, nothing but the stock one, but for telling when passwords are disabled.
 */
final class TenantPasswordCredentialProvider extends PasswordCredentialProvider {
    private final PasswordCredentialProvider stock;
    private final TenantPolicies policies;
    private final PasswordInUse inUse;
    private final AccountChanges changes;

    /**
     * Wraps the stock provider.
     *
     * @param stock counts the validations, whose meters only its factory has
     */
    TenantPasswordCredentialProvider(
            KeycloakSession session, PasswordCredentialProvider stock, TenantPolicies policies, PasswordInUse inUse) {
        super(session, null, false, false, false, false, false);
        this.stock = stock;
        this.policies = policies;
        this.inUse = inUse;
        this.changes = new AccountChanges(session);
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        boolean valid = stock.isValid(realm, user, input);
        if (valid && TenantPolicies.inForce(realm)) {
            inUse.typed(user, input.getChallengeResponse(), getPassword(realm, user));
        }
        return valid;
    }

    @Override
    public boolean createCredential(RealmModel realm, UserModel user, String password) {
        changes.requirePassword(user, idOf(getPassword(realm, user)));
        if (!TenantPolicies.inForce(realm)) {
            return super.createCredential(realm, user, password);
        }
        boolean created;
        try {
            created = super.createCredential(realm, user, password);
        } catch (ModelException refused) {
            throw PartialImport.isAsked(session) ? PartialImport.refusal(user, refused, session) : refused;
        }
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (created && login != null) {
            new LoginNotes(login).noShortfall();
        }
        return created;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, PasswordCredentialModel credential) {
        CredentialModel created = super.createCredential(
                TenantPolicies.inForce(realm) ? remembering(realm, user) : realm, user, credential);
        // Keycloak replaces a password in place, and no other credential
        changes.setCredential(realm, user, created.getId(), created.getType());
        return created;
    }

    private static @Nullable String idOf(@Nullable CredentialModel password) {
        return password == null ? null : password.getId();
    }

    @Override
    public void disableCredentialType(RealmModel realm, UserModel user, String type) {
        super.disableCredentialType(realm, user, type);
        // No event says so, and Keycloak asks nobody else
        new SilentEnding.PasswordDisabled(session, realm, user).publish();
    }

    /** The realm as the stock provider must see it to keep enough: all it reads there are the two depths. */
    private RealmModel remembering(RealmModel realm, UserModel user) {
        EffectiveRules tenants = policies.remembered(user);
        PasswordPolicy own = realm.getPasswordPolicy();
        int depth = Math.max(own.getExpiredPasswords(), tenants.historyDepth().orElse(-1));
        int days = Math.max(own.getPasswordAgeInDays(), tenants.historyDays().orElse(-1));
        PasswordPolicy deepest = PasswordPolicy.build()
                .put(RuleIds.HISTORY, Integer.toString(depth))
                .put(RuleIds.HISTORY_DAYS, Integer.toString(days))
                .build(session);
        return new RealmModelDelegate(realm) {
            @Override
            public PasswordPolicy getPasswordPolicy() {
                return deepest;
            }
        };
    }
}
