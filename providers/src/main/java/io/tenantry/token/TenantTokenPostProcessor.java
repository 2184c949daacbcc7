package io.tenantry.token;

import io.tenantry.contract.Selector;
import io.tenantry.contract.TenantClaims;
import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.SessionTenants;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/** Lets a token go only if it keeps its promises about tenants, and pins the tenant to the refresh token. */
final class TenantTokenPostProcessor implements TokenPostProcessor {
    private final KeycloakSession session;

    TenantTokenPostProcessor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext issue) {
        ClientSessionContext context = issue.clientSessionCtx();
        Optional<ProtocolMapperModel> mapper = TenantMappers.inForce(context);
        if (mapper.isEmpty()) {
            refuseOvertaken(context, null);
            return;
        }
        TenantClaimsSettings settings = TenantMappers.settings(mapper.get());
        ActiveTenant active = new ActiveTenants(session).of(context);
        refuseOvertaken(context, active.id().orElse(null));
        String scope = requestedScope(issue);
        TokenTenantRules.refusal(active, new RequestedTenants(session, scope).named(), settings.required())
                .ifPresent(refusal -> refuse(context, refusal, description(refusal, scope)));
        active.id().ifPresent(tenant -> pin(issue.refreshToken(), tenant));
        active.id()
                .ifPresent(tenant -> SessionTenants.note(
                        session, context.getClientSession(), tenant, isOffline(issue.refreshToken())));
        RealmModel realm = context.getClientSession().getRealm();
        ClientModel client = context.getClientSession().getClient();
        new TokenBudget(session, realm, client)
                .exceededBy(issue.accessToken(), settings.budget())
                .ifPresent(what -> refuse(context, TenantRefusal.TOO_LARGE, what));
    }

    /** A slow request may have read what has been revoked since, and its token would be younger than the cutoff. */
    private void refuseOvertaken(ClientSessionContext context, @Nullable TenantId tenant) {
        UserSessionModel userSession = context.getClientSession().getUserSession();
        @Nullable TenantId issuedFor = new Tenants(session).issuedFor(tenant);
        List<Selector> selectors = Selector.ofToken(
                null,
                userSession.getId(),
                userSession.getUser().getId(),
                issuedFor == null ? null : issuedFor.value(),
                context.getClientSession().getClient().getClientId());
        if (IssueCutoffs.overtake(session, selectors)) {
            refuse(context, TenantRefusal.OVERTAKEN, TenantRefusal.OVERTAKEN.description());
        }
    }

    /** The name is the default one whatever the mapper's, so that it can be read back whatever becomes of the mapper. */
    private static void pin(@Nullable RefreshToken refreshToken, TenantId tenant) {
        if (refreshToken != null) {
            refreshToken.getOtherClaims().put(TenantClaims.TENANT_ID, tenant.value());
        }
    }

    private static boolean isOffline(@Nullable RefreshToken refreshToken) {
        return refreshToken != null && TokenUtil.TOKEN_TYPE_OFFLINE.equals(refreshToken.getType());
    }

    private @Nullable String requestedScope(TokenPostProcessorContext issue) {
        if (issue.code() != null) {
            return issue.code().getScope();
        }
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        if (form != null && form.containsKey(OAuth2Constants.GRANT_TYPE) && form.containsKey(OAuth2Constants.SCOPE)) {
            return form.getFirst(OAuth2Constants.SCOPE);
        }
        // A refresh says nothing new; the note could be another tab's by now.
        return issue.requestRefreshToken() == null
                ? issue.clientSessionCtx().getClientSession().getNote(OAuth2Constants.SCOPE)
                : null;
    }

    /** In Keycloak's own words where a tenant is unavailable: they are what an unknown one gets. */
    private static String description(TenantRefusal refusal, @Nullable String scope) {
        return refusal == TenantRefusal.UNAVAILABLE ? "Invalid scopes: " + scope : refusal.description();
    }

    private void refuse(ClientSessionContext context, TenantRefusal refusal, String description) {
        TenantEvents.refused(session, context, refusal, description);
        throw new TokenInterceptorException(refusal.error(), description);
    }
}
