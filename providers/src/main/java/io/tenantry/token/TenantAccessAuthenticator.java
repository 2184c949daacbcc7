package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantHints;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.email.freemarker.beans.ProfileBean;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Lets a user go on only for a tenant that the user is in, signed in the way that the tenant demands. The choice
 * becomes part of the scope, {@code organization:<tenant>}, which the code and every token from it carry: the session
 * cannot hold it, since the tabs of a browser share that.
 */
final class TenantAccessAuthenticator implements Authenticator {
    private static final Logger LOG = Logger.getLogger(TenantAccessAuthenticator.class);

    private static final String SELECTION_PAGE = "select-organization.ftl";
    private static final String TOKEN_ENDPOINT_FLOW = "token";

    private final KeycloakSession session;
    private final Tenants tenants;
    private final ActiveTenants active;

    TenantAccessAuthenticator(KeycloakSession session) {
        this.session = session;
        this.tenants = new Tenants(session);
        this.active = new ActiveTenants(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        String selected = context.getAuthenticationSession().getClientNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
        if (selected == null || !tenants.shared()) {
            proceed(context, Optional.empty());
            return;
        }
        tenants.byOrganizationId(selected)
                .ifPresentOrElse(
                        tenant -> proceed(context, Optional.of(tenant.id())),
                        () -> refuse(context, TenantRefusal.UNAVAILABLE));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        String alias =
                context.getHttpRequest().getDecodedFormParameters().getFirst(OrganizationModel.ORGANIZATION_ATTRIBUTE);
        proceed(context, TenantHints.id(alias));
    }

    private void proceed(AuthenticationFlowContext context, Optional<TenantId> selected) {
        if (!tenants.shared()) {
            tenants.dedicated().ifPresent(own -> TenantEvents.name(context.getEvent(), Optional.of(own.id())));
            context.success();
            return;
        }
        TenantAccessRules.Outcome outcome;
        try {
            outcome = decide(context, selected.orElse(null));
        } catch (InvalidSettingException e) {
            misconfigured(context, e);
            return;
        }
        if (outcome instanceof TenantAccessRules.Outcome.Refused refused) {
            refuse(context, refused.refusal());
        } else if (outcome instanceof TenantAccessRules.Outcome.Ask) {
            ask(context);
        } else if (outcome instanceof TenantAccessRules.Outcome.For chosen) {
            tenants.byId(chosen.tenant())
                    .ifPresentOrElse(
                            tenant -> enter(context, tenant), () -> refuse(context, TenantRefusal.UNAVAILABLE));
        } else {
            context.success();
        }
    }

    private TenantAccessRules.Outcome decide(AuthenticationFlowContext context, @Nullable TenantId selected) {
        UserModel user = context.getUser();
        ClientModel client = context.getAuthenticationSession().getClient();
        RequestedTenants requested = new RequestedTenants(session, scope(context));
        boolean required = TenantMappers.reachableFrom(client)
                .anyMatch(mapper -> TenantMappers.settings(mapper).required());
        return new TenantAccessRules(tenant -> active.holds(tenant, user, client))
                .decide(new TenantAccessRules.Request(
                        requested.named(),
                        hinted(context).orElse(null),
                        selected,
                        ClientTenants.of(client).owner().orElse(null),
                        requested.any(),
                        required,
                        active.held(user, client)));
    }

    private void enter(AuthenticationFlowContext context, Tenant tenant) {
        LoginDemand demand;
        try {
            demand = LoginDemand.of(tenant);
        } catch (InvalidSettingException e) {
            misconfigured(context, e);
            return;
        }
        pin(context, tenant);
        TenantEvents.name(context.getEvent(), Optional.of(tenant.id()));
        WayIn way = new WayIn(session, context);
        String throughProvider = way.identityProvider();
        if (demand.metBy(throughProvider, way.level())) {
            context.success();
            return;
        }
        boolean begunAgain = !atTokenEndpoint(context)
                && (demand.metBy(throughProvider, Integer.MAX_VALUE)
                        ? way.stepUp(demand.level())
                        : way.through(tenant, Objects.requireNonNull(demand.identityProvider())));
        if (!begunAgain) {
            refuse(context, TenantRefusal.STEP_UP_NEEDED);
        }
    }

    private void pin(AuthenticationFlowContext context, Tenant tenant) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        if (tenant instanceof OrganizationTenant shared) {
            authSession.setClientNote(
                    OrganizationModel.ORGANIZATION_ATTRIBUTE,
                    shared.organization().getId());
            session.getContext().setOrganization(shared.organization());
        }
        OrganizationScopes.nameFor(authSession.getClient())
                .ifPresent(name -> authSession.setClientNote(
                        OIDCLoginProtocol.SCOPE_PARAM,
                        new RequestedTenants(session, scope(context)).replacedBy(tenant.id(), name)));
    }

    private void ask(AuthenticationFlowContext context) {
        if (atTokenEndpoint(context)) {
            // Nobody is there to choose. What is issued is up to the mapper: nothing, where a tenant is required.
            context.success();
            return;
        }
        context.challenge(context.form()
                .setAttribute("user", new ProfileBean(context.getUser(), session))
                .createForm(SELECTION_PAGE));
    }

    private void misconfigured(AuthenticationFlowContext context, InvalidSettingException problem) {
        LOG.errorf("Nobody can sign in: in realm %s, %s", context.getRealm().getName(), problem.getMessage());
        refuse(context, TenantRefusal.STEP_UP_NEEDED);
    }

    private void refuse(AuthenticationFlowContext context, TenantRefusal refusal) {
        context.getEvent().detail(Details.REASON, refusal.description()).error(refusal.eventError());
        context.failure(AuthenticationFlowError.ACCESS_DENIED, answer(context, refusal));
    }

    private Response answer(AuthenticationFlowContext context, TenantRefusal refusal) {
        if (atTokenEndpoint(context)) {
            String description =
                    refusal == TenantRefusal.UNAVAILABLE ? "Invalid scopes: " + scope(context) : refusal.description();
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(new OAuth2ErrorRepresentation(refusal.error(), description))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .build();
        }
        String message = switch (refusal) {
            case MISSING -> "tenantRequired";
            case STEP_UP_NEEDED -> "tenantOtherLogin";
            case LOST, REVOKED, AMBIGUOUS, UNAVAILABLE, PINNED, SWITCH_FORBIDDEN, TOO_LARGE -> "tenantUnavailable";
        };
        // A page of its own, without the organization: the page must not tell whether there is such a one.
        session.getContext().setOrganization(null);
        return context.form().setError(message).createErrorPage(Response.Status.FORBIDDEN);
    }

    private Optional<TenantId> hinted(AuthenticationFlowContext context) {
        return TenantHints.ofRequest(context.getAuthenticationSession())
                .or(() -> atTokenEndpoint(context)
                        ? TenantHints.id(context.getHttpRequest()
                                .getDecodedFormParameters()
                                .getFirst(TenantHints.PARAMETER))
                        : Optional.empty())
                .or(() -> TenantHints.ofHost(session));
    }

    private static boolean atTokenEndpoint(AuthenticationFlowContext context) {
        return TOKEN_ENDPOINT_FLOW.equals(context.getFlowPath());
    }

    private static @Nullable String scope(AuthenticationFlowContext context) {
        return context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.SCOPE_PARAM);
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession current, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession current, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
