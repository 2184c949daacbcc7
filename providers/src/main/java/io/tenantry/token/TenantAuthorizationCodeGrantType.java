package io.tenantry.token;

import java.util.function.Function;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.AuthorizationCodeGrantType;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/**
 * Stock's authorization code grant, whose event learns the tenant also where no refresh token is issued: no mapper or
 * interceptor sees the event.
 */
final class TenantAuthorizationCodeGrantType extends AuthorizationCodeGrantType {
    @Override
    protected TokenManager.AccessTokenResponseBuilder createTokenResponseBuilder(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext issue,
            String scope,
            Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policyContext) {
        TokenManager.AccessTokenResponseBuilder response =
                super.createTokenResponseBuilder(user, userSession, issue, scope, policyContext);
        if (TenantMappers.inForce(issue).isPresent()) {
            TenantEvents.name(event, new ActiveTenants(session).of(issue).id());
        }
        return response;
    }
}
