package io.tenantry.password;

import org.keycloak.models.KeycloakSession;
import org.keycloak.policy.PasswordPolicyProvider;

/** Puts {@value RuleIds#TENANT_POLICY} into the console's list of password policies, as a mere switch. */
public final class TenantPolicyProviderFactory extends OwnPolicyFactory {
    public TenantPolicyProviderFactory() {
        super(RuleIds.TENANT_POLICY, "Tenant Policies", null, null);
    }

    @Override
    public PasswordPolicyProvider create(KeycloakSession session) {
        return new TenantPolicyProvider(session, new TenantPolicies(session));
    }
}
