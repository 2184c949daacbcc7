package io.tenantry.token;

import io.tenantry.contract.Selector;
import io.tenantry.proof.SessionProof;
import io.tenantry.proof.SessionProofs;
import io.tenantry.proof.Trust;
import io.tenantry.tenant.ChosenOrganization;
import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.SessionTenants;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantHints;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.TenantScopes;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.ErrorPageException;
import org.keycloak.util.TokenUtil;

/**
 * The gate that every token passes, whichever grant, flow or page it comes from. A token goes through with the tenant that
 * {@link RequestTenant} decided on, or without one, and pinned to it; what was refused ends here.
 */
final class TenantTokenPostProcessor implements TokenPostProcessor {
    /** The session attribute with the refusal, for grants that would report it as an error of the server. */
    static final String REFUSED = TenantTokenPostProcessor.class.getName() + ".refused";

    private final KeycloakSession session;

    TenantTokenPostProcessor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext issue) {
        ClientSessionContext context = issue.clientSessionCtx();
        ClientModel client = context.getClientSession().getClient();
        AccessToken token = Objects.requireNonNull(issue.accessToken(), "nothing is issued without an access token");
        boolean inForce = TenantMappers.inForce(context).findAny().isPresent();
        keepReserved(token, context, inForce);
        if (!inForce) {
            refuseVouchedElsewhere(token, context);
        }
        boolean concerned = TenantNames.of(session, client).concerned()
                || !ClientTenants.of(client).all()
                || RequestTenant.presents(session, context);
        if (!concerned) {
            refuseOvertaken(context, null);
            return;
        }
        RequestTenant decided = RequestTenant.of(session, context);
        decided.choice().refusal().ifPresent(refusal -> refuse(context, refusal, description(refusal, context)));
        keepToHolder(token, context, decided, inForce);
        refuseOvertaken(context, decided.tenant().orElse(null));
        decided.tenant()
                .ifPresentOrElse(
                        tenant -> {
                            nameOnly(issue, decided.names().scopes(), tenant.id());
                            pin(issue, tenant);
                        },
                        () -> nameNone(issue, decided.names().scopes()));
        TenantMappers.budget(context)
                .flatMap(budget -> new TokenBudget(
                                session, context.getClientSession().getRealm(), client)
                        .exceededBy(token, budget))
                .ifPresent(what -> refuse(context, TenantRefusal.TOO_LARGE, what));
    }

    /**
     * Authorization services issue what a resource server's mappers say to the client that asks: it must work for the
     * tenant as well, and gets no token without one if it wants one in each.
     */
    private void keepToHolder(AccessToken token, ClientSessionContext context, RequestTenant decided, boolean inForce) {
        ClientModel client = context.getClientSession().getClient();
        String clientId = token.getIssuedFor();
        if (clientId == null || clientId.equals(client.getClientId())) {
            return;
        }
        ClientModel holder = client.getRealm().getClientByClientId(clientId);
        if (decided.id().filter(id -> !ClientTenants.of(holder).allow(id)).isPresent()) {
            refuse(context, TenantRefusal.LOST, TenantRefusal.LOST.description());
        }
        boolean without = !inForce || decided.id().isEmpty();
        if (without && TenantNames.of(session, holder).required()) {
            refuse(context, TenantRefusal.MISSING, TenantRefusal.MISSING.description());
        }
    }

    /**
     * Keycloak's own mappers name organizations too, in clients without ours. A session that came through one tenant's
     * provider gets no token that names another.
     */
    private void refuseVouchedElsewhere(AccessToken token, ClientSessionContext context) {
        Set<String> told = TenantNames.toldByKeycloak(token.getOtherClaims(), context.getProtocolMappersStream());
        Tenants tenants = new Tenants(session);
        if (told.isEmpty() || !tenants.shared()) {
            return;
        }
        SessionProof proof = new SessionProofs(session)
                .of(context.getClientSession().getUserSession(), RequestTenant.grant(session, context));
        boolean vouched = proof.trust().equals(Trust.anywhere())
                || told.stream()
                        .allMatch(alias -> TenantHints.id(alias)
                                .flatMap(tenants::byId)
                                .filter(proof::vouchesFor)
                                .isPresent());
        if (!vouched) {
            refuse(context, TenantRefusal.VOUCHED_ELSEWHERE, TenantRefusal.VOUCHED_ELSEWHERE.description());
        }
    }

    /** What others have written under our names does not reach a token, where no mapper of ours has taken it out. */
    private void keepReserved(AccessToken token, ClientSessionContext context, boolean inForce) {
        if (inForce) {
            includeScopes(token, context);
            return;
        }
        if (!token.getOtherClaims().isEmpty()) {
            ClientModel client = context.getClientSession().getClient();
            StockClaims claims = new StockClaims(token.getOtherClaims());
            TenantNames.reservedFor(session, client).forEach(claims::remove);
        }
    }

    /**
     * Names the scopes of our mappers in the token also where they are kept out of it: userinfo finds its mappers by them,
     * and would not say what the token says.
     */
    private static void includeScopes(AccessToken token, ClientSessionContext context) {
        context.getClientScopesStream()
                .filter(scope -> !(scope instanceof ClientModel) && !scope.isIncludeInTokenScope())
                .filter(scope -> scope.getProtocolMappersStream().anyMatch(TenantMappers::isTenantMapper))
                .map(ClientScopeModel::getName)
                .filter(name -> !TokenUtil.hasScope(token.getScope(), name))
                .forEach(name -> token.setScope(token.getScope() == null ? name : token.getScope() + ' ' + name));
    }

    /** A slow request may have read what has been revoked since, and its token would be younger than the cutoff. */
    private void refuseOvertaken(ClientSessionContext context, @Nullable Tenant tenant) {
        if (!IssueCutoffs.kept(context.getClientSession().getRealm())) {
            return;
        }
        UserSessionModel userSession = context.getClientSession().getUserSession();
        String issuedFor = Optional.ofNullable(tenant)
                .map(Tenant::id)
                .or(() -> new Tenants(session).dedicated().flatMap(RealmTenant::usableId))
                .map(TenantId::value)
                .orElse(null);
        List<Selector> selectors = Selector.ofToken(
                null,
                userSession.getId(),
                userSession.getUser().getId(),
                issuedFor,
                context.getClientSession().getClient().getClientId());
        if (IssueCutoffs.overtake(session, selectors)) {
            refuse(context, TenantRefusal.OVERTAKEN, TenantRefusal.OVERTAKEN.description());
        }
    }

    private void pin(TokenPostProcessorContext issue, Tenant tenant) {
        RefreshToken refreshToken = issue.refreshToken();
        if (refreshToken != null) {
            PresentedTenant.pin(refreshToken, tenant);
        }
        SessionTenants.note(
                session,
                issue.clientSessionCtx().getClientSession(),
                tenant.id(),
                issue.accessToken().getIat(),
                refreshToken != null && TokenUtil.TOKEN_TYPE_OFFLINE.equals(refreshToken.getType()));
    }

    /** A token without a tenant names none by its scope: whoever reads it later would take it for one of that tenant. */
    private static void nameNone(TokenPostProcessorContext issue, TenantScopes scopes) {
        rescope(issue, scope -> scopes.named(scope).isEmpty() ? scope : scopes.without(scope));
        RefreshToken refreshToken = issue.refreshToken();
        if (refreshToken != null) {
            refreshToken.getOtherClaims().remove(OAuth2Constants.ORGANIZATION);
        }
    }

    /**
     * A token names no other tenant than its own by its scope, nor by what Keycloak notes in refresh tokens. Keycloak takes
     * both for a token with permissions from the session, where the last tab has left them.
     */
    private void nameOnly(TokenPostProcessorContext issue, TenantScopes scopes, TenantId tenant) {
        if (new Tenants(session).shared()) {
            rescope(issue, scope -> scopes.naming(tenant, scope));
            RefreshToken refreshToken = issue.refreshToken();
            if (refreshToken != null) {
                refreshToken.getOtherClaims().replace(OAuth2Constants.ORGANIZATION, tenant.value());
            }
        }
    }

    private static void rescope(TokenPostProcessorContext issue, UnaryOperator<String> change) {
        rescope(issue.accessToken(), change);
        RefreshToken refreshToken = issue.refreshToken();
        if (refreshToken != null) {
            rescope(refreshToken, change);
        }
    }

    private static void rescope(AccessToken token, UnaryOperator<String> change) {
        if (token.getScope() != null) {
            token.setScope(change.apply(token.getScope()));
        }
    }

    /** In Keycloak's own words where a tenant is unavailable: they are what an unknown one gets. */
    private String description(TenantRefusal refusal, ClientSessionContext context) {
        return refusal.description(RequestTenant.askedScope(session, context));
    }

    private void refuse(ClientSessionContext context, TenantRefusal refusal, String description) {
        TenantEvents.refused(session, context, refusal, description);
        if (RequestTenant.grant(session, context) == null) {
            // Tokens of the authorization endpoint: there, Keycloak takes no refusal but as an error of the server
            ChosenOrganization.leave(session);
            throw new ErrorPageException(session, Response.Status.FORBIDDEN, refusal.page());
        }
        TokenInterceptorException refused = new Refused(refusal.error(), description);
        session.setAttribute(REFUSED, refused);
        throw refused;
    }

    /** Says why also as its message, which some of Keycloak's grants answer with instead of the description. */
    private static final class Refused extends TokenInterceptorException {
        private static final long serialVersionUID = 1L;

        private final String message;

        Refused(String error, String description) {
            super(error, description);
            message = description;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
