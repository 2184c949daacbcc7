package io.tenantry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelRulesTest {
    private static final LevelRules RULES = new LevelRules(Map.of(1, 3600, 2, 0), Duration.ofMinutes(5));
    private static final Map<Integer, Integer> REACHED = Map.of(1, 1000, 2, 1000);

    private static int after(long seconds) {
        return RULES.inForce(REACHED, Instant.ofEpochSecond(1000 + seconds));
    }

    @Test
    void levelOfOneSignInCountsForThatSignIn() {
        assertThat(after(0)).isEqualTo(2);
        assertThat(after(299)).isEqualTo(2);
        assertThat(after(300)).isEqualTo(1);
    }

    @Test
    void levelEndsWithItsAge() {
        assertThat(after(3599)).isEqualTo(1);
        assertThat(after(3600)).isZero();
    }

    @Test
    void levelThatNoFlowKnowsCountsForItsSignInAlone() {
        assertThat(RULES.inForce(Map.of(3, 1000), Instant.ofEpochSecond(1200))).isEqualTo(3);
        assertThat(RULES.inForce(Map.of(3, 1000), Instant.ofEpochSecond(1300))).isZero();
    }

    @Test
    void sessionWithoutLevelsHasNone() {
        assertThat(RULES.inForce(Map.of(), Instant.ofEpochSecond(1000))).isZero();
    }
}
