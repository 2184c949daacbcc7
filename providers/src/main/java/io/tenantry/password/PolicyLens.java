package io.tenantry.password;

import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.RealmModelDelegate;

/**
 * A realm seen through one rule of one lender. Keycloak's policies read their value from the policy of the context's
 * realm, and this is how they come to read the lender's; the realm itself is never written.
 */
final class PolicyLens extends RealmModelDelegate {
    private final PasswordPolicy policy;
    private final Lender lender;

    PolicyLens(RealmModel realm, PasswordPolicy policy, Lender lender) {
        super(realm);
        this.policy = policy;
        this.lender = lender;
    }

    @Override
    public PasswordPolicy getPasswordPolicy() {
        return policy;
    }

    /** Whose rule is being asked. */
    Lender lender() {
        return lender;
    }
}
