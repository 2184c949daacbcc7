package io.tenantry.admin;

import io.tenantry.tenant.Tenant;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
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
    public RevokeOrders.Answer revoke(@PathParam("id") String id, @QueryParam("tenant") List<String> aliases) {
        auth.users().requireManage();
        UserModel user = Requested.user(session, auth, id);
        if (aliases.isEmpty()) {
            return orders.issue((revocations, audit) -> revocations.user(user, audit));
        }
        if (aliases.size() > 1 || aliases.get(0).isBlank()) {
            // An order without the parameter means everywhere; a variable that was left empty does not
            throw ErrorResponse.error(
                    "The parameter tenant is the alias of one tenant; leave it out to revoke everywhere",
                    Response.Status.BAD_REQUEST);
        }
        Tenant tenant = Requested.anyTenant(session, aliases.get(0));
        return orders.issue((revocations, audit) -> revocations.user(user, tenant, audit));
    }
}
