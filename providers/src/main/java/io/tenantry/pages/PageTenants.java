package io.tenantry.pages;

import io.tenantry.pages.PageTenantRules.Clue;
import io.tenantry.pages.PageTenantRules.Person;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.ChosenOrganization;
import io.tenantry.tenant.PageTenant;
import io.tenantry.tenant.SessionTenants;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantHints;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.TenantScopes;
import io.tenantry.tenant.Tenants;
import io.tenantry.token.ClientTenants;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel;

/** Finds the tenant whose brand a page or a mail shows. */
final class PageTenants {
    private final KeycloakSession session;
    private final Tenants tenants;

    PageTenants(KeycloakSession session) {
        this.session = session;
        this.tenants = new Tenants(session);
    }

    /**
     * The tenant of a page.
     *
     * @param signIn null where there is none, as on some error pages
     * @param user null where nobody has been named
     */
    Optional<Tenant> ofPage(@Nullable AuthenticationSessionModel signIn, @Nullable UserModel user) {
        AuthenticationSessionModel logout = logout(signIn);
        if (logout != null && user == null) {
            // The page that says it is done is not told who it was, though the one before it is
            UserModel gone = logout.getAuthenticatedUser();
            return decide(logout, gone, person(logout, gone));
        }
        return decide(signIn, user, person(signIn, user));
    }

    /** The tenant of a mail: only its owner reads it. */
    Optional<Tenant> ofMail(@Nullable AuthenticationSessionModel signIn, @Nullable UserModel recipient) {
        return decide(signIn, recipient, recipient == null ? Person.UNKNOWN : Person.PROVEN);
    }

    /** The tenants that a user may choose from for an application, by name. */
    List<Tenant> choices(@Nullable ClientModel client, UserModel user) {
        ClientTenants served = client == null ? ClientTenants.ALL : ClientTenants.of(client);
        return tenants.ofMember(user)
                .filter(tenant -> tenant.enabled() && served.allow(tenant.id()))
                .toList();
    }

    private Optional<Tenant> decide(
            @Nullable AuthenticationSessionModel signIn, @Nullable UserModel user, Person person) {
        Optional<Tenant> own = tenants.dedicated().map(tenant -> tenant);
        return own.isPresent()
                ? own
                : new PageTenantRules<>(Tenant::enabled, tenant -> user != null && tenants.isMember(tenant, user))
                        .decide(person, clue -> clue(clue, signIn, user, person));
    }

    private Optional<Tenant> clue(
            Clue clue, @Nullable AuthenticationSessionModel signIn, @Nullable UserModel user, Person person) {
        return switch (clue) {
            case REJECTED_FOR -> PageTenant.told(session);
            case CHOSEN -> chosen(signIn);
            case SETTLED -> tenants.current();
            case HINTED -> hinted(signIn).flatMap(tenants::byId);
            case NAMED -> named(signIn).flatMap(tenants::byId);
            case OWNER ->
                Optional.ofNullable(session.getContext().getClient())
                        .flatMap(client -> ClientTenants.of(client).owner())
                        .flatMap(tenants::byId);
            case LEAVING -> user == null ? Optional.empty() : left(logout(signIn), user);
            case SOLE -> user == null ? Optional.empty() : sole(user);
            case ADDRESS -> tenants.ofEmail(person == Person.PROVEN && user != null ? user.getEmail() : typed(signIn));
        };
    }

    private static Person person(@Nullable AuthenticationSessionModel signIn, @Nullable UserModel user) {
        if (user == null) {
            return Person.UNKNOWN;
        }
        boolean beforeSignIn = signIn != null
                && CommonClientSessionModel.Action.AUTHENTICATE.name().equals(signIn.getAction());
        return beforeSignIn
                        && AuthenticatorUtil.getAuthnCredentials(signIn).isEmpty()
                        && !AuthenticatorUtil.isSSOAuthentication(signIn)
                ? Person.CLAIMED
                : Person.PROVEN;
    }

    private Optional<Tenant> chosen(@Nullable AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn).flatMap(ChosenOrganization::of).flatMap(tenants::byOrganizationId);
    }

    private Optional<TenantId> hinted(@Nullable AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn).flatMap(TenantHints::ofRequest).or(() -> {
            try {
                return TenantHints.ofHost(session);
            } catch (InvalidSettingException e) {
                // The sign-in itself is refused for this, and the doctor tells of it; the page says so unbranded
                return Optional.empty();
            }
        });
    }

    private static Optional<TenantId> named(@Nullable AuthenticationSessionModel signIn) {
        if (signIn == null) {
            return Optional.empty();
        }
        List<TenantId> named =
                TenantScopes.of(signIn.getClient()).named(signIn.getClientNote(OIDCLoginProtocol.SCOPE_PARAM));
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    /** Keycloak's notes of a logout; null where the page is of none. It names a person who has proven to be it. */
    private @Nullable AuthenticationSessionModel logout(@Nullable AuthenticationSessionModel told) {
        AuthenticationSessionModel notes = told == null ? session.getContext().getAuthenticationSession() : told;
        return notes != null
                        && CommonClientSessionModel.Action.LOGGING_OUT.name().equals(notes.getAction())
                ? notes
                : null;
    }

    /** The one that the application's tokens were for, or those of all applications where none is named. */
    private Optional<Tenant> left(@Nullable AuthenticationSessionModel logout, UserModel user) {
        if (logout == null) {
            return Optional.empty();
        }
        String named = logout.getAuthNote(OIDCLoginProtocol.LOGOUT_VALIDATED_ID_TOKEN_SESSION_STATE);
        String id = named == null ? logout.getParentSession().getId() : named;
        UserSessionModel ending = session.sessions().getUserSession(logout.getRealm(), id);
        if (ending == null || !ending.getUser().getId().equals(user.getId())) {
            return Optional.empty();
        }
        AuthenticatedClientSessionModel own =
                ending.getAuthenticatedClientSessionByClient(logout.getClient().getId());
        List<TenantId> entered = (own == null
                        ? ending.getAuthenticatedClientSessions().values().stream()
                        : Stream.of(own))
                .flatMap(application -> SessionTenants.of(application).stream())
                .distinct()
                .toList();
        return entered.size() == 1 ? tenants.byId(entered.get(0)) : Optional.empty();
    }

    private Optional<Tenant> sole(UserModel user) {
        List<Tenant> own =
                tenants.ofMember(user).filter(Tenant::enabled).limit(2).toList();
        return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
    }

    private static @Nullable String typed(@Nullable AuthenticationSessionModel signIn) {
        if (signIn == null) {
            return null;
        }
        String attempted = signIn.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        return attempted == null ? signIn.getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM) : attempted;
    }
}
