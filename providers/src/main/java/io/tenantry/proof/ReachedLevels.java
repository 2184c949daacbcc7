package io.tenantry.proof;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tenantry.time.ServerClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.DefaultAuthenticationFlows;
import org.keycloak.util.JsonSerialization;

/** The levels of authentication that were reached in a user session, by the note that Keycloak keeps of them. */
final class ReachedLevels {
    private final KeycloakSession session;

    ReachedLevels(KeycloakSession session) {
        this.session = session;
    }

    /** The highest that is in force. A refresh goes on with what was granted once, as Keycloak has it: of any age. */
    int highest(UserSessionModel userSession, @Nullable String grantType) {
        String note = userSession.getNote(Constants.LOA_MAP);
        if (note == null) {
            return 0;
        }
        Map<Integer, Integer> reachedAt;
        try {
            reachedAt = JsonSerialization.readValue(note, new TypeReference<>() {});
        } catch (IOException unreadable) {
            return 0;
        }
        if (OAuth2Constants.REFRESH_TOKEN.equals(grantType)) {
            return reachedAt.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
        RealmModel realm = userSession.getRealm();
        return new LevelRules(maxAges(realm), Duration.ofSeconds(realm.getAccessCodeLifespanUserAction()))
                .inForce(reachedAt, ServerClock.INSTANCE.instant());
    }

    /** As the realm's browser flow has them, and the client's own. */
    private Map<Integer, Integer> maxAges(RealmModel realm) {
        ClientModel client = session.getContext().getClient();
        Stream<String> own = client == null
                ? Stream.empty()
                : Stream.ofNullable(
                        client.getAuthenticationFlowBindingOverride(DefaultAuthenticationFlows.BROWSER_FLOW));
        Map<Integer, Integer> longest = new HashMap<>();
        Stream.concat(Stream.of(realm.getBrowserFlow().getId()), own)
                .filter(flow -> realm.getAuthenticationFlowById(flow) != null)
                .forEach(flow -> LoAUtil.getLoaMaxAgesConfiguredInRealmFlow(realm, flow)
                        .forEach((level, maxAge) -> longest.merge(level, maxAge, Math::max)));
        return longest;
    }
}
