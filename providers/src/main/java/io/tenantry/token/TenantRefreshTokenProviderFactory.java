package io.tenantry.token;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProviderFactory;

/** Wires refresh tokens that keep their tenant. */
public final class TenantRefreshTokenProviderFactory implements RefreshTokenProviderFactory {
    @Override
    public RefreshTokenProvider create(KeycloakSession session) {
        return new TenantRefreshTokenProvider(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "tenantry";
    }

    /** Before stock's default, after providers for refresh tokens of another kind. */
    @Override
    public int order() {
        return 1;
    }
}
