package io.tenantry.admin;

import io.tenantry.tenant.Tenant;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code POST …/tenantry/users/{id}/revoke[?tenant=alias]}: a user's tokens and sessions, or one tenant's among them. */
public final class UserRevokeResource {
    private static final String PARAMETER = "tenant=";

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
    public RevokeOrders.Answer revoke(@PathParam("id") String id) {
        auth.users().requireManage();
        UserModel user = Requested.user(session, auth, id);
        Optional<String> alias = alias(session.getContext().getUri().getRequestUri());
        if (alias.isEmpty()) {
            return orders.issue((revocations, audit) -> revocations.user(user, audit));
        }
        Tenant tenant = Requested.anyTenant(session, alias.get());
        return orders.issue((revocations, audit) -> revocations.user(user, tenant, audit));
    }

    /**
     * The tenant that the query names. An order without one means everywhere; a variable that was left empty does not, nor
     * does a parameter that was misspelt. Read from the query itself, as empty values are not among those that are injected.
     */
    private static Optional<String> alias(URI request) {
        String query = request.getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        if (!query.startsWith(PARAMETER) || query.contains("&")) {
            throw refused();
        }
        String alias;
        try {
            alias = URLDecoder.decode(query.substring(PARAMETER.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        if (alias.isBlank()) {
            throw refused();
        }
        return Optional.of(alias);
    }

    private static RuntimeException refused() {
        return ErrorResponse.error(
                "The parameter tenant is the alias of one tenant, and the only parameter; leave it out to revoke everywhere",
                Response.Status.BAD_REQUEST);
    }
}
