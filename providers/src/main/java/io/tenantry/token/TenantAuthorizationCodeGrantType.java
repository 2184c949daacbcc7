package io.tenantry.token;

import io.tenantry.tenant.SilentEnding;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.AuthorizationCodeGrantType;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/**
 * Stock's authorization code grant, whose event learns the tenant also where no refresh token is issued: no mapper or
 * interceptor sees the event. And it tells when stock has ended a client session because its code came twice, which the
 * event does not.
 */
final class TenantAuthorizationCodeGrantType extends AuthorizationCodeGrantType {
    @Override
    public Response process(Context request) {
        setContext(request);
        AuthenticatedClientSessionModel named = named(formParams.getFirst(OAuth2Constants.CODE));
        if (named == null) {
            return super.process(request);
        }
        UserSessionModel userSession = named.getUserSession();
        try {
            return super.process(request);
        } catch (CorsErrorResponseException refused) {
            // Anyone can present a code that names a session: only what stock has done about it counts
            if (userSession.getAuthenticatedClientSessionByClient(
                            named.getClient().getId())
                    == null) {
                new SilentEnding.CodeReused(session, realm, userSession.getUser(), named.getClient()).publish();
            }
            throw refused;
        }
    }

    /** The client session that a code names, if there is one. */
    private @Nullable AuthenticatedClientSessionModel named(@Nullable String code) {
        // As OAuth2CodeParser has it: the code itself, the session and the client's internal id
        String[] parts = code == null ? new String[0] : code.split("\\.", 3);
        UserSessionModel userSession =
                parts.length < 3 ? null : session.sessions().getUserSession(realm, parts[1]);
        return userSession == null || userSession.getUser() == null
                ? null
                : userSession.getAuthenticatedClientSessionByClient(parts[2]);
    }

    @Override
    protected TokenManager.AccessTokenResponseBuilder createTokenResponseBuilder(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext issue,
            String scope,
            Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policyContext) {
        RequestTenant.asked(issue, scope);
        TokenManager.AccessTokenResponseBuilder response =
                super.createTokenResponseBuilder(user, userSession, issue, scope, policyContext);
        if (TenantMappers.inForce(issue).findAny().isPresent()) {
            TenantEvents.name(event, RequestTenant.of(session, issue).id());
        }
        return response;
    }
}
