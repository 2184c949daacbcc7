package io.tenantry.brokering;

import io.tenantry.tenant.Tenants;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.events.Details;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/** For which tenants a session that came through an identity provider may get tokens. */
public final class BrokeredSession {
    private BrokeredSession() {}

    /**
     * The ids of the tenants whose providers vouched for the session; empty for one that came through none, or through
     * a provider of the whole realm.
     */
    public static Optional<Set<String>> tenants(KeycloakSession session, UserSessionModel userSession) {
        String brokerUser = userSession.getBrokerUserId();
        if (brokerUser == null) {
            return Optional.empty();
        }
        // The note names the provider of the last sign-in, the broker user the one that began the session
        Stream<String> last = Stream.ofNullable(userSession.getNote(Details.IDENTITY_PROVIDER));
        Stream<String> first = session.users()
                .getFederatedIdentitiesStream(userSession.getRealm(), userSession.getUser())
                .map(FederatedIdentityModel::getIdentityProvider)
                .filter(alias -> brokerUser.startsWith(alias + '.'));
        Set<String> aliases = Stream.concat(last, first).collect(Collectors.toSet());
        Set<IdentityProviderModel> providers = aliases.stream()
                .map(alias -> session.identityProviders().getByAlias(alias))
                .filter(provider -> provider != null)
                .collect(Collectors.toSet());
        boolean ofRealm =
                !providers.isEmpty() && providers.stream().allMatch(provider -> provider.getOrganizationId() == null);
        return ofRealm ? Optional.empty() : Optional.of(tenants(session, providers));
    }

    private static Set<String> tenants(KeycloakSession session, Set<IdentityProviderModel> providers) {
        Tenants tenants = new Tenants(session);
        return providers.stream()
                .flatMap(provider -> tenants.ofIdentityProvider(provider).stream())
                .map(tenant -> tenant.id().value())
                .collect(Collectors.toUnmodifiableSet());
    }
}
