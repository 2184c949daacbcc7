package io.tenantry.proof;

import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserProvider;
import org.keycloak.models.jpa.JpaUserProviderFactory;

/** Takes the place of Keycloak's table of users, for the reasons in docs/decisions/0017-proof-of-a-session.md. */
public final class VouchedUserProviderFactory extends JpaUserProviderFactory {
    @Override
    public UserProvider create(KeycloakSession session) {
        return new VouchedUserProvider(
                session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
