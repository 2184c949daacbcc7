package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.ChosenOrganization;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantHints;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.email.freemarker.beans.ProfileBean;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
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

    TenantAccessAuthenticator(KeycloakSession session) {
        this.session = session;
        this.tenants = new Tenants(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        TenantHints.note(session, context.getAuthenticationSession());
        Optional<String> selected = ChosenOrganization.of(context.getAuthenticationSession());
        if (selected.isEmpty() || !tenants.shared()) {
            proceed(context, Optional.empty());
            return;
        }
        tenants.byOrganizationId(selected.get())
                .ifPresentOrElse(
                        tenant -> proceed(context, Optional.of(tenant.id())),
                        () -> refuse(context, TenantRefusal.UNAVAILABLE));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        String alias = context.getHttpRequest().getDecodedFormParameters().getFirst(ChosenOrganization.NOTE);
        proceed(context, TenantHints.id(alias));
    }

    private void proceed(AuthenticationFlowContext context, Optional<TenantId> selected) {
        if (!tenants.shared()) {
            TenantEvents.name(context.getEvent(), tenants.dedicated().flatMap(RealmTenant::usableId));
            context.success();
            return;
        }
        ClientModel client = context.getAuthenticationSession().getClient();
        TenantNames names = TenantNames.of(session, client);
        if (!names.usable()) {
            LOG.errorf(
                    "Nobody can sign in: in realm %s, a mapper for tenants of client %s is misconfigured",
                    context.getRealm().getName(), client.getClientId());
            refuse(context, TenantRefusal.MISCONFIGURED);
            return;
        }
        Optional<TenantId> hinted;
        try {
            hinted = hinted(context);
        } catch (InvalidSettingException e) {
            misconfigured(context, e);
            return;
        }
        TenantObstacles obstacles = new TenantObstacles(session, client, context.getUser());
        String scope = scope(context);
        TenantChoiceRules.SignIn request = new TenantChoiceRules.SignIn(
                names.scopes().named(scope),
                hinted.orElse(null),
                selected.orElse(null),
                obstacles.client(),
                names.scopes().asksForAny(scope),
                names.required() || TenantSamlClient.requiresTenant(client),
                obstacles::held);
        // How somebody has signed in is asked next, and can be mended here
        TenantChoice choice = new TenantChoiceRules(obstacles::toActing).decide(request);
        switch (choice.kind()) {
            case FOR -> {
                if (choice.origin().equals(Optional.of(TenantChoice.Origin.SOLE)) && !request.wanted()) {
                    // Nobody has asked for a tenant: the gate gives it where the sign-in is good enough for it
                    context.success();
                } else {
                    enter(context, choice.tenant().flatMap(obstacles::tenant).orElseThrow());
                }
            }
            case NONE -> context.success();
            case ASK -> ask(context);
            case REFUSED -> refuse(context, choice.refusal().orElseThrow());
        }
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
        Set<String> throughProviders = way.identityProviders();
        if (demand.metBy(throughProviders, way.level())) {
            context.success();
            return;
        }
        boolean begunAgain = !atTokenEndpoint(context)
                && (demand.metBy(throughProviders, Integer.MAX_VALUE)
                        ? way.stepUp(demand.level())
                        : way.through(tenant, Objects.requireNonNull(demand.identityProvider())));
        if (!begunAgain) {
            refuse(context, TenantRefusal.STEP_UP_NEEDED);
        }
    }

    private void pin(AuthenticationFlowContext context, Tenant tenant) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        ChosenOrganization.choose(session, signIn, tenant);
        String scope = TenantNames.of(session, signIn.getClient()).scopes().replacedBy(scope(context), tenant.id());
        signIn.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, scope);
        DeviceScope.pin(session, signIn, scope);
    }

    private void ask(AuthenticationFlowContext context) {
        if (atTokenEndpoint(context)) {
            // Nobody is there to choose. What is issued is up to the gate: nothing, where a tenant is required.
            context.success();
            return;
        }
        context.challenge(context.form()
                .setAttribute("user", new ProfileBean(context.getUser(), session))
                .createForm(SELECTION_PAGE));
    }

    private void misconfigured(AuthenticationFlowContext context, InvalidSettingException problem) {
        LOG.errorf("Nobody can sign in: in realm %s, %s", context.getRealm().getName(), problem.getMessage());
        refuse(context, TenantRefusal.MISCONFIGURED);
    }

    private void refuse(AuthenticationFlowContext context, TenantRefusal refusal) {
        context.getEvent().detail(Details.REASON, refusal.description()).error(refusal.eventError());
        context.failure(AuthenticationFlowError.ACCESS_DENIED, answer(context, refusal));
    }

    private Response answer(AuthenticationFlowContext context, TenantRefusal refusal) {
        if (atTokenEndpoint(context)) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(new OAuth2ErrorRepresentation(refusal.error(), refusal.description(scope(context))))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .build();
        }
        // A page of its own, without the organization: the page must not tell whether there is such a one.
        ChosenOrganization.leave(session);
        return context.form().setError(refusal.page()).createErrorPage(Response.Status.FORBIDDEN);
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
