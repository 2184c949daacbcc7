package io.tenantry.admin;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code POST …/tenantry/tenants/{alias}/revoke}: the kill switch of a tenant. */
public final class TenantRevokeResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final RevokeOrders orders;

    TenantRevokeResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.auth = auth;
        this.orders = new RevokeOrders(session, adminEvent);
    }

    /** Needs the right to manage the tenant too: its organization, or the realm that is its own. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public RevokeOrders.Answer revoke(@PathParam("alias") String alias) {
        auth.users().requireManage();
        Tenant tenant = Requested.anyTenant(session, alias);
        if (tenant instanceof OrganizationTenant shared) {
            auth.orgs().requireManage(shared.organization());
        } else {
            auth.realm().requireManageRealm();
        }
        return orders.issue((revocations, audit) -> revocations.tenant(tenant, audit));
    }
}
