package io.tenantry.token;

import jakarta.ws.rs.core.Response;
import org.keycloak.protocol.oidc.grants.PermissionGrantType;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.services.CorsErrorResponseException;

/** Keycloak's grant of authorization services (UMA), which reports a refusal of the gate as what it is. */
final class TenantPermissionGrantType extends PermissionGrantType {
    @Override
    public Response process(Context request) {
        try {
            return super.process(request);
        } catch (CorsErrorResponseException failed) {
            TokenInterceptorException refused =
                    session.getAttribute(TenantTokenPostProcessor.REFUSED, TokenInterceptorException.class);
            if (refused == null) {
                throw failed;
            }
            throw new CorsErrorResponseException(
                    cors, refused.getError(), refused.getMessage(), Response.Status.BAD_REQUEST);
        }
    }
}
