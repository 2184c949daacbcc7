package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PasswordPolicyProviderFactory;

/** Puts {@value RuleIds#TENANT_POLICY} into the console's list of password policies. */
public final class TenantPolicyProviderFactory implements PasswordPolicyProviderFactory {
    private final BrokenPolicyLog log = new BrokenPolicyLog();

    @Override
    public PasswordPolicyProvider create(KeycloakSession session) {
        return new TenantPolicyProvider(session, new TenantPolicies(session, log));
    }

    @Override
    public String getId() {
        return RuleIds.TENANT_POLICY;
    }

    @Override
    public String getDisplayName() {
        return "Tenant Policies";
    }

    /** None, so that the console shows a mere switch. */
    @Override
    public @Nullable String getConfigType() {
        return null;
    }

    @Override
    public @Nullable String getDefaultConfigValue() {
        return null;
    }

    @Override
    public boolean isMultiplSupported() {
        return false;
    }

    @Override
    public void init(Config.Scope config) {
        // No server options: a tenant's rules are its organization's
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to wait for
    }

    @Override
    public void close() {
        // Nothing is held
    }
}
