package io.tenantry.password;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.policy.DefaultPasswordPolicyManagerProvider;
import org.keycloak.policy.PasswordPolicyManagerProvider;
import org.keycloak.policy.PasswordPolicyManagerProviderFactory;

/** Makes the manager that tells everything at once the server's default. */
public final class TenantPasswordPolicyManagerFactory implements PasswordPolicyManagerProviderFactory {
    @Override
    public PasswordPolicyManagerProvider create(KeycloakSession session) {
        return new TenantPasswordPolicyManager(
                session, new DefaultPasswordPolicyManagerProvider(session), new TenantPolicies(session));
    }

    @Override
    public String getId() {
        return "tenantry";
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public void init(Config.Scope config) {
        // No server options
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
