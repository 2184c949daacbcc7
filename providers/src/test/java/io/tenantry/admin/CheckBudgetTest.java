package io.tenantry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckBudgetTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final CheckBudget budget = new CheckBudget(clock);

    @Test
    void isSpentOnceAMinuteByEachCaller() {
        spend("anna");
        assertThat(budget.take("anna")).isFalse();
        assertThat(budget.take("ben")).isTrue();
        clock.advance(Duration.ofMillis(59_999));
        assertThat(budget.take("anna")).isFalse();
        clock.advance(Duration.ofMillis(1));
        spend("anna");
        assertThat(budget.take("anna")).isFalse();
    }

    private void spend(String caller) {
        for (int i = 0; i < CheckBudget.PER_MINUTE; i++) {
            assertThat(budget.take(caller)).isTrue();
        }
    }
}
