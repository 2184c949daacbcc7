package io.tenantry.token;

import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
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
        if (!new Tenants(session).shared() || !TenantMappers.concern(client)) {
            return super.refreshAccessToken(refresh);
        }
        PresentedTenant presented =
                PresentedTenant.of(refresh.oldRefreshToken(), client).forIssue();
        presented.bind(session);
        TenantId pinned = presented.tenant();
        boolean otherNamed = new RequestedTenants(session, refresh.scopeParameter())
                .named().stream().anyMatch(name -> pinned != null && !name.equals(pinned));
        if (otherNamed) {
            TenantEvents.name(refresh.grantContext().getEvent(), Optional.ofNullable(pinned));
            throw refusal(TenantRefusal.PINNED);
        }
        TokenManager.AccessTokenResponseBuilder response = super.refreshAccessToken(refresh);
        TenantEvents.name(
                refresh.grantContext().getEvent(),
                new ActiveTenants(session).of(response.getClientSessionCtx()).id());
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
        @Nullable TenantId pinned =
                PresentedTenant.in(validated).map(PresentedTenant::tenant).orElse(null);
        @Nullable TenantId issuedFor = new Tenants(validated).issuedFor(pinned);
        if (IssueCutoffs.end(validated, token, validation.user, client, issuedFor)) {
            TenantEvents.name(event, Optional.ofNullable(issuedFor));
            throw refusal(TenantRefusal.REVOKED);
        }
        if (pinned != null && !new ActiveTenants(validated).holds(pinned, validation.user, client)) {
            TenantEvents.name(event, Optional.of(pinned));
            throw refusal(TenantRefusal.LOST);
        }
        return validation;
    }

    @Override
    public RefreshToken generateRefreshToken(InitialRefreshTokenContext issue) {
        if (TenantMappers.inForce(issue.clientSessionCtx()).isPresent()) {
            TenantEvents.name(
                    issue.event(),
                    new ActiveTenants(session).of(issue.clientSessionCtx()).id());
        }
        return super.generateRefreshToken(issue);
    }

    private static OAuthErrorException refusal(TenantRefusal refusal) {
        return new OAuthErrorException(refusal.error(), refusal.description());
    }
}
