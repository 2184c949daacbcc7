package io.tenantry.admin;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The one entry of this pack into the admin API; {@link TenantryAdminResource} lists what is behind it. */
public final class TenantryAdminResourceProviderFactory implements AdminRealmResourceProviderFactory {
    static final String ID = "tenantry";

    private final CheckBudget checks = CheckBudget.ofServer();

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new Provider(checks);
    }

    private record Provider(CheckBudget checks) implements AdminRealmResourceProvider {
        @Override
        public Object getResource(
                KeycloakSession session,
                RealmModel realm,
                AdminPermissionEvaluator auth,
                AdminEventBuilder adminEvent) {
            return new TenantryAdminResource(session, auth, adminEvent, checks);
        }

        @Override
        public void close() {
            // Nothing is held
        }
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        // No server options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to wait for
    }

    @Override
    public void close() {
        // Nothing is held
    }
}
