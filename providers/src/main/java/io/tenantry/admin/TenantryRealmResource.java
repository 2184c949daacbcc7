package io.tenantry.admin;

import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;

/** {@code /realms/{realm}/tenantry}: what users and applications of a realm may ask. */
public final class TenantryRealmResource {
    private final KeycloakSession session;

    TenantryRealmResource(KeycloakSession session) {
        this.session = session;
    }

    /** The caller's tenants. */
    @Path("tenants")
    public OwnTenantsResource tenants() {
        return new OwnTenantsResource(session);
    }

    /** The colours of brands. */
    @Path("brand")
    public BrandResource brand() {
        return new BrandResource();
    }
}
