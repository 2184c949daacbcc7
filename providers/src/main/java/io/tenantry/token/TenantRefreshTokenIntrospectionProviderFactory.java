package io.tenantry.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/**
 * Stock's introspection of refresh tokens with one more question: whether the token's tenant is still its user's. It takes
 * the stock provider's place, by its id: docs/decisions/0003-introspection.md.
 */
public final class TenantRefreshTokenIntrospectionProviderFactory extends RefreshTokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new Provider(session);
    }

    /** Stock's is 0, and the highest wins. */
    @Override
    public int order() {
        return 1;
    }

    private static final class Provider extends RefreshTokenIntrospectionProvider {
        Provider(KeycloakSession session) {
            super(session);
        }

        @Override
        protected boolean introspectionChecks(String encoded) {
            boolean active = super.introspectionChecks(encoded);
            if (active) {
                new TenantIntrospection(session, eventBuilder).sayWhatTheTokenSays(transformedToken, token, client);
            }
            return active;
        }

        /** The last question that Keycloak asks before its mappers speak. */
        @Override
        protected boolean verifyTokenReuse() {
            return super.verifyTokenReuse()
                    && new TenantIntrospection(session, eventBuilder).stillHeld(token, client, userSession);
        }
    }
}
