package io.tenantry.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Wires what guards each issue of a token. */
public final class TenantTokenPostProcessorFactory implements TokenPostProcessorFactory {
    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new TenantTokenPostProcessor(session);
    }

    @Override
    public String getId() {
        return "tenantry";
    }

    /** Last: the highest goes first, and stock's are 0. */
    @Override
    public int order() {
        return -1_000;
    }
}
