package io.tenantry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.Constants;
import org.keycloak.models.UserSessionModel;

class ReachedLevelsTest {
    private static final Trust A = new Trust.Within(Set.of("a"));
    private static final Trust B = new Trust.Within(Set.of("b"));

    private final Map<String, String> notes = new HashMap<>();
    private final UserSessionModel session = (UserSessionModel) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {UserSessionModel.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getNotes" -> Map.copyOf(notes);
                case "getNote" -> notes.get((String) arguments[0]);
                case "setNote" -> notes.put((String) arguments[0], (String) arguments[1]);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    /** Keycloak hands its note on from one sign-in of the session to the next. */
    @Test
    void levelCountsForWhatReachedItAndNotForWhatCameLater() {
        signIn("{\"1\":10,\"2\":10}", A);
        signIn("{\"1\":10,\"2\":10}", B);

        assertThat(ReachedLevel.of(session))
                .containsExactlyInAnyOrder(new ReachedLevel(1, 10, A), new ReachedLevel(2, 10, A));
    }

    @Test
    void levelReachedAgainByOthersCountsForBothSinceEachReachedIt() {
        signIn("{\"1\":10,\"2\":10}", A);
        signIn("{\"1\":20,\"2\":10}", B);

        assertThat(ReachedLevel.of(session))
                .containsExactlyInAnyOrder(
                        new ReachedLevel(1, 10, A), new ReachedLevel(1, 20, B), new ReachedLevel(2, 10, A));
    }

    @Test
    void levelReachedAgainByTheSameCountsSinceThen() {
        signIn("{\"1\":10}", Trust.anywhere());
        signIn("{\"1\":20}", Trust.anywhere());

        assertThat(ReachedLevel.of(session)).containsExactly(new ReachedLevel(1, 20, Trust.anywhere()));
    }

    @Test
    void whatKeycloakNotedUnreadablyIsNoLevel() {
        signIn("else", A);

        assertThat(ReachedLevel.of(session)).isEmpty();
    }

    private void signIn(String levels, Trust trust) {
        notes.put(Constants.LOA_MAP, levels);
        ReachedLevels.note(session, trust);
    }
}
