package io.tenantry.admin;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code POST …/tenantry/tokens/{jti}}: one access token, by its id. */
public final class TokenRevokeResource {
    /** Keycloak's are far shorter. A dot would be a token itself, which belongs in no address, event or key. */
    private static final Pattern TOKEN_ID = Pattern.compile("[A-Za-z0-9:_~-]{1,128}");

    private final AdminPermissionEvaluator auth;
    private final RevokeOrders orders;

    TokenRevokeResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.auth = auth;
        this.orders = new RevokeOrders(session, adminEvent);
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public RevokeOrders.Answer revoke(@PathParam("jti") String tokenId) {
        auth.users().requireManage();
        if (!TOKEN_ID.matcher(tokenId).matches()) {
            throw ErrorResponse.error(
                    "Send the token's id, its claim jti, and never the token: 1 to 128 letters, digits, ':', '-', '_' or"
                            + " '~'",
                    Response.Status.BAD_REQUEST);
        }
        return orders.issue((revocations, audit) -> revocations.token(tokenId, audit));
    }
}
