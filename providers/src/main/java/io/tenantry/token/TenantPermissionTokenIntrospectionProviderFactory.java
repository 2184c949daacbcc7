package io.tenantry.token;

import org.keycloak.authorization.protection.introspect.RPTIntrospectionProvider;
import org.keycloak.authorization.protection.introspect.RPTIntrospectionProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/**
 * Stock's introspection for authorization services, which takes any access token, with one more question: whether the
 * token's tenant is still its user's. It takes the stock provider's place, by its id:
 * docs/decisions/0003-introspection.md.
 */
public final class TenantPermissionTokenIntrospectionProviderFactory extends RPTIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new Provider(session);
    }

    /** Stock's is 0, and the highest wins. */
    @Override
    public int order() {
        return 1;
    }

    /** Its answer tells of permissions alone, and of no tenant. */
    private static final class Provider extends RPTIntrospectionProvider {
        Provider(KeycloakSession session) {
            super(session);
        }

        /** The last question that Keycloak asks before its mappers speak. */
        @Override
        protected boolean verifyTokenReuse() {
            return super.verifyTokenReuse()
                    && new TenantIntrospection(session, eventBuilder).stillHeld(token, client, user);
        }
    }
}
