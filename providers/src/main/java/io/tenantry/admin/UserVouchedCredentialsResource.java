package io.tenantry.admin;

import io.tenantry.proof.AccountChanges;
import io.tenantry.proof.Trust;
import io.tenantry.proof.VouchedCredential;
import io.tenantry.proof.VouchedCredentials;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code …/tenantry/users/{id}/vouched-credentials}: those of a user's credentials that count for some tenants alone. */
public final class UserVouchedCredentialsResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    UserVouchedCredentialsResource(
            KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /**
     * A credential that counts for some tenants alone.
     *
     * @param id Keycloak's, or a type and the user's id
     * @param type Keycloak's, or {@code address}
     * @param tenants the aliases of those that there still are
     * @param since epoch milliseconds
     */
    public record Vouched(String id, String type, List<String> tenants, long since) {
        public Vouched {
            tenants = List.copyOf(tenants);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Vouched> list(@PathParam("id") String id) {
        auth.users().requireManage();
        return new VouchedCredentials(session)
                .of(Requested.user(session, auth, id)).stream()
                        .map(this::vouched)
                        .toList();
    }

    /** Makes them the user's own: for somebody whom the administrator knows by other means. */
    @DELETE
    public Response clear(@PathParam("id") String id) {
        auth.users().requireManage();
        UserModel user = Requested.user(session, auth, id);
        if (new AccountChanges(session).clear(user) > 0) {
            adminEvent
                    .resource(ResourceType.USER)
                    .operation(OperationType.DELETE)
                    .resourcePath(session.getContext().getUri())
                    .success();
        }
        return Response.noContent().build();
    }

    private Vouched vouched(VouchedCredential credential) {
        List<String> tenants = credential.trust() instanceof Trust.Within within
                ? within.organizations().stream()
                        .map(new Tenants(session)::byOrganizationId)
                        .flatMap(Optional::stream)
                        .map(Tenant::id)
                        .map(Object::toString)
                        .sorted()
                        .toList()
                : List.of();
        return new Vouched(credential.id(), credential.type(), tenants, credential.since());
    }
}
