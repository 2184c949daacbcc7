package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.ChosenOrganization;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.TenantScopes;
import io.tenantry.tenant.Tenants;
import io.tenantry.token.TenantChoiceRules.Presented;
import io.tenantry.token.TenantChoiceRules.SignIn;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.AccessToken;

/**
 * Which one tenant the tokens of a request are for, decided once and told to all who write or guard them.
 *
 * @param choice the decision
 * @param tenant the tenant itself, present exactly where the choice is for one
 * @param names by which the client's tokens and scopes speak of tenants
 */
record RequestTenant(TenantChoice choice, Optional<Tenant> tenant, TenantNames names) {
    private static final Logger LOG = Logger.getLogger(RequestTenant.class);

    /** The grants that begin with somebody signing in, or with a client's own credentials. Any other gets no tenant. */
    private static final Set<String> SIGN_INS = Set.of(
            OAuth2Constants.AUTHORIZATION_CODE,
            OAuth2Constants.PASSWORD,
            OAuth2Constants.CLIENT_CREDENTIALS,
            OAuth2Constants.DEVICE_CODE_GRANT_TYPE,
            OAuth2Constants.CIBA_GRANT_TYPE,
            OAuth2Constants.JWT_AUTHORIZATION_GRANT);

    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    private static final String SCOPE = RequestTenant.class.getName() + ".scope";

    /** The decision for what is issued or told in this context. */
    static RequestTenant of(KeycloakSession session, ClientSessionContext context) {
        RequestTenant known = context.getAttribute(RequestTenant.class.getName(), RequestTenant.class);
        if (known == null) {
            known = new Deciding(session, context).decide();
            context.setAttribute(RequestTenant.class.getName(), known);
        }
        return known;
    }

    /** The tenant's id. */
    Optional<TenantId> id() {
        return choice.tenant();
    }

    /**
     * Says which scopes a code or a device asked for. Keycloak drops those that name a tenant that the user is not in, and
     * keeps the last request's in a note that all tabs share.
     */
    static void asked(ClientSessionContext context, @Nullable String scope) {
        context.setAttribute(SCOPE, scope == null ? "" : scope);
    }

    /** Which scopes the request asked for, as far as it says. */
    static @Nullable String askedScope(KeycloakSession session, ClientSessionContext context) {
        String asked = context.getAttribute(SCOPE, String.class);
        if (asked != null) {
            return asked;
        }
        return presents(session, context)
                ? form(session, OAuth2Constants.SCOPE)
                : context.getClientSession().getNote(OIDCLoginProtocol.SCOPE_PARAM);
    }

    /** Whether the request presents a token, and asks for another in exchange. */
    static boolean presents(KeycloakSession session, ClientSessionContext context) {
        return PresentedTenant.in(session).isPresent()
                || authorizationServices(session, context).isPresent();
    }

    /**
     * The grant; null where none is: at the authorization endpoint, and where an administrator looks at an example. The
     * form tells it at the token endpoint alone, where Keycloak goes by the same: anywhere else it may say anything.
     */
    static @Nullable String grant(KeycloakSession session, ClientSessionContext context) {
        String noted = context.getAttribute(Constants.GRANT_TYPE, String.class);
        if (noted != null) {
            return noted;
        }
        boolean atTokenEndpoint = session.getContext().getUri().getPath().endsWith(TOKEN_ENDPOINT);
        return atTokenEndpoint ? form(session, OAuth2Constants.GRANT_TYPE) : null;
    }

    /**
     * The token that Keycloak's authorization services exchange for one with permissions. Where an ID token is presented,
     * Keycloak makes up an access token as the last tab of the session would get it: the ID token counts instead.
     */
    private static Optional<AccessToken> authorizationServices(KeycloakSession session, ClientSessionContext context) {
        return OAuth2Constants.UMA_GRANT_TYPE.equals(grant(session, context))
                ? PresentedToken.ofPermissions(session)
                : Optional.empty();
    }

    private static @Nullable String form(KeycloakSession session, String parameter) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        return form == null ? null : form.getFirst(parameter);
    }

    /**
     * The decision for what is issued or told in exchange for a presented token.
     *
     * @param scope what the request asks for
     * @param required whether the client wants a tenant in every token
     */
    static TenantChoice ofPresented(
            PresentedTenant presented,
            TenantObstacles obstacles,
            TenantChoiceRules rules,
            TenantNames names,
            @Nullable String scope,
            boolean required) {
        return switch (presented.use()) {
            case TELL -> rules.decide(new Presented(presented.tenant(), List.of(), TenantRefusal.PINNED, false));
            // The resource server may be one that may switch; who asks it is another
            case REFRESH, PERMISSIONS ->
                admitted(
                        rules.decide(new Presented(
                                presented.tenant(), names.scopes().named(scope), TenantRefusal.PINNED, required)),
                        obstacles);
            case EXCHANGE ->
                admitted(
                        rules.decide(new Presented(
                                presented.tenant(),
                                names.scopes().named(scope),
                                obstacles.client().maySwitch() ? null : TenantRefusal.SWITCH_FORBIDDEN,
                                required)),
                        obstacles);
        };
    }

    /** A client that works for some tenants has no tokens for people who are in none of them, without a tenant neither. */
    private static TenantChoice admitted(TenantChoice choice, TenantObstacles obstacles) {
        return switch (choice.kind()) {
            case NONE ->
                obstacles.client().all() || !obstacles.held().isEmpty()
                        ? choice
                        : TenantChoice.refused(TenantRefusal.UNAVAILABLE);
            case FOR, ASK, REFUSED -> choice;
        };
    }

    /** One decision being taken. */
    private record Deciding(KeycloakSession session, ClientSessionContext context, TenantObstacles obstacles) {
        Deciding(KeycloakSession session, ClientSessionContext context) {
            this(
                    session,
                    context,
                    new TenantObstacles(
                            session,
                            context.getClientSession().getClient(),
                            context.getClientSession().getUserSession().getUser()));
        }

        RequestTenant decide() {
            TenantNames names =
                    TenantNames.of(session, context.getClientSession().getClient());
            TenantChoice choice = usable(names);
            return new RequestTenant(choice, choice.tenant().flatMap(obstacles::tenant), names);
        }

        private TenantChoice usable(TenantNames names) {
            try {
                return names.usable() ? choice(names) : TenantChoice.refused(TenantRefusal.MISCONFIGURED);
            } catch (InvalidSettingException e) {
                LOG.errorf(
                        "No token is issued: in realm %s, %s",
                        context.getClientSession().getRealm().getName(), e.getMessage());
                return TenantChoice.refused(TenantRefusal.MISCONFIGURED);
            }
        }

        private TenantChoice choice(TenantNames names) {
            String grant = grant(session, context);
            boolean required = TenantMappers.required(context);
            Optional<PresentedTenant> presented = PresentedTenant.in(session)
                    .or(() -> authorizationServices(session, context).map(this::exchanged));
            if (presented.isPresent()) {
                return stillThere(presented.get())
                        ? ofPresented(
                                presented.get(),
                                obstacles,
                                rules(presented.get(), grant),
                                names,
                                askedScope(session, context),
                                required)
                        : TenantChoice.refused(TenantRefusal.LOST);
            }
            if (grant != null && !SIGN_INS.contains(grant) && !asksForItself(grant)) {
                return admitted(
                        required ? TenantChoice.refused(TenantRefusal.MISSING) : TenantChoice.none(), obstacles);
            }
            return signIn(names.scopes(), grant, required);
        }

        /** Authorization services give a client that presents nothing what its own credentials would get it. */
        private boolean asksForItself(String grant) {
            return OAuth2Constants.UMA_GRANT_TYPE.equals(grant)
                    && context.getClientSession().getUserSession().getUser().getServiceAccountClientLink() != null;
        }

        private TenantChoiceRules rules(PresentedTenant presented, @Nullable String grant) {
            return switch (presented.use()) {
                case TELL -> new TenantChoiceRules(obstacles::toActing);
                case REFRESH, EXCHANGE, PERMISSIONS -> rules(grant);
            };
        }

        private TenantChoiceRules rules(@Nullable String grant) {
            return new TenantChoiceRules(
                    id -> obstacles.toIssue(id, context.getClientSession().getUserSession(), grant));
        }

        private PresentedTenant exchanged(AccessToken token) {
            ClientModel issuedTo = context.getClientSession().getRealm().getClientByClientId(token.getIssuedFor());
            return PresentedTenant.of(session, token, issuedTo, PresentedTenant.Use.PERMISSIONS);
        }

        /** Whether what a refresh token was issued from is still what it was, and not another of the same name. */
        private boolean stillThere(PresentedTenant presented) {
            return switch (presented.use()) {
                case TELL, EXCHANGE, PERMISSIONS -> true;
                case REFRESH -> presented.stillThere(obstacles, context.getClientSession());
            };
        }

        private TenantChoice signIn(TenantScopes scopes, @Nullable String grant, boolean required) {
            String asked = askedScope(session, context);
            List<TenantId> named = shared() ? scopes.named(asked) : List.of();
            TenantChoice choice = rules(grant)
                    .decide(new SignIn(
                            named,
                            null,
                            shared() && named.isEmpty() && scopes.asksForOne(asked) ? chosen() : null,
                            obstacles.client(),
                            // A realm of its own is asked for by whoever asks the realm
                            !shared() || scopes.asksForAny(asked),
                            required,
                            obstacles::held));
            return switch (choice.kind()) {
                case FOR, NONE, REFUSED -> choice;
                // Nobody is there to choose
                case ASK -> required ? TenantChoice.refused(TenantRefusal.AMBIGUOUS) : TenantChoice.none();
            };
        }

        private boolean shared() {
            return new Tenants(session).dedicated().isEmpty();
        }

        /** The choice of a page, in flows without {@code tenant-access}; one that is no longer the user's is none. */
        private @Nullable TenantId chosen() {
            return ChosenOrganization.of(context.getClientSession())
                    .flatMap(new Tenants(session)::byOrganizationId)
                    .map(Tenant::id)
                    .filter(id -> obstacles.toActing(id).isEmpty())
                    .orElse(null);
        }
    }
}
