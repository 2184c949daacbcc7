package io.tenantry.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.AuthorizationCodeGrantTypeFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;

/** Takes the place of stock's grant: docs/decisions/0006-code-grant.md says why. */
public final class TenantAuthorizationCodeGrantTypeFactory extends AuthorizationCodeGrantTypeFactory {
    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        return new TenantAuthorizationCodeGrantType();
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
