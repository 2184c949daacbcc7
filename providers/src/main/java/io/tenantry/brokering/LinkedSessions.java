package io.tenantry.brokering;

import io.tenantry.tenant.Tenants;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Ends an account's other sessions when it is linked to a tenant's provider: whoever knew its credentials before is from
 * now on perhaps not the person that the provider vouches for.
 */
final class LinkedSessions {
    private LinkedSessions() {}

    /** Does so from now on. */
    static void endWithEveryLink(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof FederatedIdentityCreatedEvent created) {
                linked(created);
            }
        });
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
        boolean ofTenant = provider != null
                && new Tenants(session).ofIdentityProvider(provider).isPresent();
        if (ofTenant && hadCredentials(link.getUser())) {
            endOthers(session, realm, link.getUser());
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
