package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionEndingDetectorTest {
    private static final EndedSession ENDED = new EndedSession("s1", "u1");

    @Test
    void anEndingThatNothingTellsIsRevoked() {
        assertThat(detect(ENDED)).containsExactly(Detected.now(Selector.sid("s1"), Cause.SESSION_ENDED));
        assertThat(detect(new EndedSession("s1", null))).hasSize(1);
    }

    @Test
    void anEndingThatItsEventTellsKeepsTheCauseThatTheEventNames() {
        assertThat(detect(ENDED, Detected.now(Selector.sid("s1"), Cause.LOGOUT)))
                .isEmpty();
    }

    @Test
    void whatEndsTheUserOrTheRealmEndsTheSessionToo() {
        assertThat(detect(ENDED, Detected.now(Selector.sub("u1"), Cause.ADMIN_LOGOUT)))
                .isEmpty();
        assertThat(detect(ENDED, Detected.now(Selector.realm(), Cause.LOGOUT_ALL)))
                .isEmpty();
    }

    @Test
    void whatConcernsOthersOrReachesLessFarDoesNot() {
        assertThat(detect(
                        ENDED,
                        Detected.now(Selector.sid("s2"), Cause.LOGOUT),
                        Detected.now(Selector.sub("u2"), Cause.ADMIN_LOGOUT),
                        Detected.now(Selector.grant("app", "u1"), Cause.GRANT_REVOKED),
                        Detected.now(Selector.sub("u1"), Cause.PASSWORD_CHANGED)))
                .hasSize(1);
    }

    private static List<Detected> detect(EndedSession ended, Detected... known) {
        return SessionEndingDetector.detect(List.of(ended), Set.of(known));
    }
}
