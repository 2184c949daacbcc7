package io.tenantry.admin;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Wires {@code /realms/{realm}/tenantry}. */
public final class TenantryRealmResourceProviderFactory implements RealmResourceProviderFactory {
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new Provider(session);
    }

    @Override
    public String getId() {
        return "tenantry";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    private record Provider(KeycloakSession session) implements RealmResourceProvider {
        @Override
        public Object getResource() {
            return new TenantryRealmResource(session);
        }

        @Override
        public void close() {}
    }
}
