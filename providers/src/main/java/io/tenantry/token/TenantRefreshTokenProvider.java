package io.tenantry.token;

import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.TenantId;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.representations.RefreshToken;

/**
 * Stock's refresh tokens, bound to their tenant: a refresh stays in it, and ends when it is lost or an operator has
 * ended what was issued until now. It is also where the events of the grants that issue a refresh token learn the
 * tenant, since no mapper or interceptor sees the event.
 */
final class TenantRefreshTokenProvider extends DefaultRefreshTokenProvider {
    TenantRefreshTokenProvider(KeycloakSession session) {
        super(session);
    }

    @Override
    public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext refresh)
            throws OAuthErrorException {
        ClientModel client = refresh.grantContext().getClient();
        // A client without a mapper of ours has a pinned one by an exchange
        if (!TenantNames.of(session, client).concerned()
                && PresentedTenant.pinned(refresh.oldRefreshToken()).isEmpty()) {
            return super.refreshAccessToken(refresh);
        }
        PresentedTenant.of(session, refresh.oldRefreshToken(), client, PresentedTenant.Use.REFRESH)
                .bind(session);
        TokenManager.AccessTokenResponseBuilder response = super.refreshAccessToken(refresh);
        TenantEvents.name(
                refresh.grantContext().getEvent(),
                RequestTenant.of(session, response.getClientSessionCtx()).id());
        return response;
    }

    @Override
    protected TokenManager.TokenValidation validateToken(
            KeycloakSession validated,
            UriInfo uri,
            ClientConnection connection,
            RealmModel realm,
            RefreshToken token,
            HttpHeaders headers,
            String scope,
            ClientModel client,
            TokenManager tokens,
            EventBuilder event)
            throws OAuthErrorException {
        TokenManager.TokenValidation validation =
                super.validateToken(validated, uri, connection, realm, token, headers, scope, client, tokens, event);
        Optional<TenantId> pinned =
                PresentedTenant.in(validated).flatMap(presented -> Optional.ofNullable(presented.tenant()));
        if (IssueCutoffs.end(validated, token, validation.user, client, pinned)) {
            throw refused(TenantRefusal.REVOKED, pinned, event);
        }
        Optional<TenantRefusal> refusal = PresentedTenant.in(validated)
                .flatMap(presented -> RequestTenant.of(validated, validation.clientSessionCtx)
                        .choice()
                        .refusal());
        if (refusal.isPresent()) {
            throw refused(refusal.get(), pinned, event);
        }
        return validation;
    }

    @Override
    public RefreshToken generateRefreshToken(InitialRefreshTokenContext issue) {
        if (TenantMappers.inForce(issue.clientSessionCtx()).findAny().isPresent()) {
            TenantEvents.name(
                    issue.event(),
                    RequestTenant.of(session, issue.clientSessionCtx()).id());
        }
        return super.generateRefreshToken(issue);
    }

    private static OAuthErrorException refused(TenantRefusal refusal, Optional<TenantId> pinned, EventBuilder event) {
        TenantEvents.name(event, pinned);
        event.detail(Details.REASON, refusal.description());
        return new OAuthErrorException(refusal.error(), refusal.description());
    }
}
