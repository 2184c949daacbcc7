package io.tenantry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelRulesTest {
    private static final LevelRules RULES = new LevelRules(Map.of(1, 3600, 2, 0), Duration.ofMinutes(5));

    private static boolean counts(int level, long seconds) {
        return RULES.isInForce(level, 1000, Instant.ofEpochSecond(1000 + seconds));
    }

    @Test
    void levelOfOneSignInCountsForThatSignIn() {
        assertThat(counts(2, 0)).isTrue();
        assertThat(counts(2, 299)).isTrue();
        assertThat(counts(2, 300)).isFalse();
    }

    @Test
    void levelEndsWithItsAge() {
        assertThat(counts(1, 3599)).isTrue();
        assertThat(counts(1, 3600)).isFalse();
    }

    @Test
    void levelThatNoFlowKnowsCountsForItsSignInAlone() {
        assertThat(counts(3, 200)).isTrue();
        assertThat(counts(3, 300)).isFalse();
    }
}
