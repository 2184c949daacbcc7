package io.tenantry.admin;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code POST …/tenantry/clients/{id}/revoke}: all that was issued to a client; the id is the admin API's. */
public final class ClientRevokeResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final RevokeOrders orders;

    ClientRevokeResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.auth = auth;
        this.orders = new RevokeOrders(session, adminEvent);
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public RevokeOrders.Answer revoke(@PathParam("id") String id) {
        auth.clients().requireManage();
        ClientModel client = Requested.client(session, auth, id);
        return orders.issue((revocations, audit) -> revocations.client(client, audit));
    }
}
