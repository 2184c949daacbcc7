package io.tenantry.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.tokenexchange.StandardTokenExchangeProviderFactory;

/** Wires token exchange that stays in a tenant; where the standard one is switched off, so is this. */
public final class TenantTokenExchangeProviderFactory extends StandardTokenExchangeProviderFactory {
    @Override
    public TokenExchangeProvider create(KeycloakSession session) {
        return new TenantTokenExchangeProvider();
    }

    @Override
    public String getId() {
        return "tenantry";
    }

    /** Before the standard one, which has 10. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
