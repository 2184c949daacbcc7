package io.tenantry.admin;

import io.tenantry.tenant.Tenant;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code POST …/tenantry/users/{id}/revoke[?tenant=alias]}: a user's tokens and sessions, or one tenant's among them. */
public final class UserRevokeResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final RevokeOrders orders;

    UserRevokeResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.auth = auth;
        this.orders = new RevokeOrders(session, adminEvent);
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public RevokeOrders.Answer revoke(@PathParam("id") String id, @QueryParam("tenant") @Nullable String alias) {
        auth.users().requireManage();
        UserModel user = Requested.user(session, auth, id);
        if (alias == null) {
            return orders.issue((revocations, audit) -> revocations.user(user, audit));
        }
        Tenant tenant = Requested.anyTenant(session, alias);
        return orders.issue((revocations, audit) -> revocations.user(user, tenant, audit));
    }
}
