package io.tenantry.password;

import io.tenantry.time.ServerClock;
import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.credential.PasswordCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's password credential provider, for the reasons in docs/decisions. */
public final class TenantPasswordCredentialProviderFactory extends PasswordCredentialProviderFactory {
    @Override
    public PasswordCredentialProvider create(KeycloakSession session) {
        TenantPolicies policies = new TenantPolicies(session);
        return new TenantPasswordCredentialProvider(
                session, super.create(session), policies, new PasswordInUse(session, policies, ServerClock.INSTANCE));
    }

    @Override
    public int order() {
        return 1;
    }
}
