package io.tenantry.proof;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tenantry.time.ServerClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

/**
 * The levels of authentication that were reached in a user session, by the note that Keycloak keeps of them, and for which
 * tenants each counts, by notes of ours: a level that a lender's credential has reached is no level for another's.
 */
final class ReachedLevels {
    private final KeycloakSession session;

    ReachedLevels(KeycloakSession session) {
        this.session = session;
    }

    /** Those in force. A refresh goes on with what was granted once, as Keycloak has it: of any age. */
    Map<Integer, Trust> inForce(UserSessionModel userSession, @Nullable String grantType) {
        Map<Integer, Integer> reachedAt = reachedAt(userSession);
        if (reachedAt.isEmpty()) {
            return Map.of();
        }
        List<ReachedLevel> all = ReachedLevel.of(userSession);
        // What was reached before anything was noted counts as it did then
        Stream<ReachedLevel> unknown = reachedAt.entrySet().stream()
                .filter(level -> all.stream().noneMatch(noted -> noted.level() == level.getKey()))
                .map(level -> new ReachedLevel(level.getKey(), level.getValue(), Trust.anywhere()));
        Predicate<ReachedLevel> counts =
                OAuth2Constants.REFRESH_TOKEN.equals(grantType) ? reached -> true : youngEnough(userSession.getRealm());
        return Stream.concat(all.stream(), unknown)
                .filter(counts)
                .collect(Collectors.toMap(ReachedLevel::level, ReachedLevel::trust, Trust::or));
    }

    private Predicate<ReachedLevel> youngEnough(RealmModel realm) {
        LevelRules rules = new LevelRules(maxAges(realm), Duration.ofSeconds(realm.getAccessCodeLifespanUserAction()));
        Instant now = ServerClock.INSTANCE.instant();
        return reached -> rules.isInForce(reached.level(), reached.time(), now);
    }

    /** Notes for which tenants the levels count that have just been reached; others are left as they were. */
    static void note(UserSessionModel userSession, Trust trust) {
        List<ReachedLevel> all = ReachedLevel.of(userSession);
        reachedAt(userSession).forEach((level, time) -> {
            ReachedLevel now = new ReachedLevel(level, time, trust);
            if (all.stream().noneMatch(now::sameMoment)) {
                now.write(userSession);
            }
        });
    }

    /** When each level was reached, in epoch seconds. */
    private static Map<Integer, Integer> reachedAt(UserSessionModel userSession) {
        String note = userSession.getNote(Constants.LOA_MAP);
        try {
            return note == null ? Map.of() : JsonSerialization.readValue(note, new TypeReference<>() {});
        } catch (IOException unreadable) {
            return Map.of();
        }
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
