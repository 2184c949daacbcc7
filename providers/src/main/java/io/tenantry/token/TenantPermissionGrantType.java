package io.tenantry.token;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.grants.PermissionGrantType;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Keycloak's grant of authorization services (UMA), which decides about nothing that has ended, and reports a refusal of
 * the gate as what it is. It may answer without making a token ({@code response_mode}), so that the gate is not asked.
 */
final class TenantPermissionGrantType extends PermissionGrantType {
    @Override
    public Response process(Context request) {
        setContext(request);
        PresentedToken.ofPermissions(session).flatMap(this::refusal).ifPresent(refusal -> {
            event.detail(Details.REASON, refusal.description());
            event.error(refusal.eventError());
            throw refused(refusal.error(), refusal.description());
        });
        try {
            return super.process(request);
        } catch (CorsErrorResponseException failed) {
            TokenInterceptorException refused =
                    session.getAttribute(TenantTokenPostProcessor.REFUSED, TokenInterceptorException.class);
            if (refused == null) {
                throw failed;
            }
            throw refused(refused.getError(), refused.getMessage());
        }
    }

    private Optional<TenantRefusal> refusal(AccessToken presented) {
        TokenRevocations revocations = new TokenRevocations(session);
        if (revocations.heed(presented)) {
            return Optional.of(TenantRefusal.REVOKED);
        }
        ClientModel issuedTo = realm.getClientByClientId(presented.getIssuedFor());
        TenantNames names = TenantNames.of(session, issuedTo);
        boolean lost = names.concerned()
                && names.tenantOf(presented)
                        .flatMap(tenant -> revocations
                                .user(presented)
                                .flatMap(user -> new TenantObstacles(session, issuedTo, user).toActing(tenant)))
                        .isPresent();
        return lost ? Optional.of(TenantRefusal.LOST) : Optional.empty();
    }

    private CorsErrorResponseException refused(String error, @Nullable String description) {
        return new CorsErrorResponseException(cors, error, description, Response.Status.BAD_REQUEST);
    }
}
