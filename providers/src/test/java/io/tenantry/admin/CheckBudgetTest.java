package io.tenantry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CheckBudgetTest {
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final CheckBudget budget = new CheckBudget(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void isSpentOnceAMinuteByEachCaller() {
        spend("anna");
        assertThat(budget.take("anna")).isFalse();
        assertThat(budget.take("ben")).isTrue();
        now = now.plus(Duration.ofMillis(59_999));
        assertThat(budget.take("anna")).isFalse();
        now = now.plusMillis(1);
        spend("anna");
        assertThat(budget.take("anna")).isFalse();
    }

    private void spend(String caller) {
        for (int i = 0; i < CheckBudget.PER_MINUTE; i++) {
            assertThat(budget.take(caller)).isTrue();
        }
    }
}
