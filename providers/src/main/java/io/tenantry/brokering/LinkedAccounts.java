package io.tenantry.brokering;

import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What happens to an account that is linked to a tenant's provider. The guard let it pass before it proved itself, by a
 * link in a mail perhaps, and much can change until then: so it is checked again as the link is made. And its other
 * sessions end: whoever knew its credentials before is from now on perhaps not the person that the provider vouches for.
 */
final class LinkedAccounts {
    /** Authentication note: that the guard let a first sign-in pass; its value is whom to ask. */
    private static final String GUARDED = "tenantry.guarded";

    /** Authentication note: which tenant's the provider was then; its value is {@link SignIn#key}. */
    private static final String GUARDED_TENANT = "tenantry.guarded-tenant";

    private LinkedAccounts() {}

    /** Does so from now on. */
    static void watch(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof FederatedIdentityCreatedEvent created) {
                linked(created);
            }
        });
    }

    /** Has the account that this first sign-in ends with checked when it is linked. */
    static void checkAgain(AuthenticationSessionModel authSession, @Nullable Tenant tenant, String contact) {
        authSession.setAuthNote(GUARDED, contact);
        authSession.setAuthNote(GUARDED_TENANT, SignIn.key(tenant));
    }

    private static void linked(FederatedIdentityCreatedEvent link) {
        KeycloakSession session = link.getKeycloakSession();
        RealmModel realm = link.getRealm();
        // Links that an import creates come without a realm in the context, and before there are sessions
        if (!realm.equals(session.getContext().getRealm())) {
            return;
        }
        IdentityProviderModel provider = session.identityProviders()
                .getByAlias(link.getFederatedIdentity().getIdentityProvider());
        if (provider == null) {
            return;
        }
        Optional<Tenant> tenant = new Tenants(session).ofIdentityProvider(provider);
        check(session, provider, tenant.orElse(null), link.getUser());
        if (tenant.isPresent() && hadCredentials(link.getUser())) {
            endOthers(session, realm, link.getUser());
        }
    }

    private static void check(
            KeycloakSession session, IdentityProviderModel provider, @Nullable Tenant tenant, UserModel user) {
        AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
        String contact = authSession == null ? null : authSession.getAuthNote(GUARDED);
        if (authSession == null || contact == null) {
            return;
        }
        if (!SignIn.key(tenant).equals(authSession.getAuthNote(GUARDED_TENANT))) {
            throw new Rejections(session).reject(Rule.TENANT_BINDING, provider, authSession, contact);
        }
        boolean created =
                Boolean.parseBoolean(authSession.getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER));
        if (!created
                && LinkRules.check(LinkCandidates.of(session, tenant, user)) instanceof Outcome.Rejected rejected) {
            throw new Rejections(session).reject(rejected.rule(), provider, authSession, contact);
        }
    }

    private static boolean hadCredentials(UserModel user) {
        return user.credentialManager().getStoredCredentialsStream().findAny().isPresent();
    }

    private static void endOthers(KeycloakSession session, RealmModel realm, UserModel user) {
        Optional<String> current = Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(AuthenticationSessionModel::getParentSession)
                .map(root -> root.getId());
        Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .filter(other -> other.isOffline()
                        || current.filter(id -> id.equals(other.getId())).isEmpty())
                // Ending one changes the stream
                .toList()
                .forEach(other -> AuthenticationManager.backchannelLogout(session, other, true));
    }
}
