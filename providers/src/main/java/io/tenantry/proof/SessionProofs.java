package io.tenantry.proof;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.util.JsonSerialization;

/** Finds out how sessions were proven. */
public final class SessionProofs {
    private final KeycloakSession session;

    public SessionProofs(KeycloakSession session) {
        this.session = session;
    }

    public SessionProof of(UserSessionModel userSession, @Nullable String grantType) {
        String brokerUser = userSession.getBrokerUserId();
        Optional<String> last = Optional.ofNullable(userSession.getNote(Details.IDENTITY_PROVIDER));
        if (brokerUser == null) {
            return new SessionProof(true, Set.of(), last, level(userSession));
        }
        Stream<String> first = session.users()
                .getFederatedIdentitiesStream(userSession.getRealm(), userSession.getUser())
                .map(FederatedIdentityModel::getIdentityProvider)
                .filter(alias -> brokerUser.startsWith(alias + '.'));
        Set<IdentityProviderModel> providers = Stream.concat(last.stream(), first)
                .distinct()
                .map(alias -> session.identityProviders().getByAlias(alias))
                .filter(provider -> provider != null)
                .collect(Collectors.toSet());
        boolean ofRealm =
                !providers.isEmpty() && providers.stream().allMatch(provider -> provider.getOrganizationId() == null);
        return new SessionProof(
                ofRealm,
                providers.stream()
                        .map(IdentityProviderModel::getOrganizationId)
                        .filter(id -> id != null)
                        .collect(Collectors.toSet()),
                last,
                level(userSession));
    }

    private static int level(UserSessionModel session) {
        String levels = session.getNote(Constants.LOA_MAP);
        if (levels == null) {
            return 0;
        }
        try {
            Map<Integer, Integer> reachedAt = JsonSerialization.readValue(levels, new TypeReference<>() {});
            return reachedAt.keySet().stream().max(Integer::compare).orElse(0);
        } catch (IOException e) {
            throw new IllegalStateException("the levels of authentication in a user session cannot be read", e);
        }
    }
}
