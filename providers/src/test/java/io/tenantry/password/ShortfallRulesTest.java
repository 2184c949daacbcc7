package io.tenantry.password;

import static io.tenantry.password.PasswordRulesTest.lender;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.password.ShortfallRules.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.policy.PolicyError;

class ShortfallRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void passwordThatComplies() {
        assertThat(verdict(List.of(), null, policy("north", 0))).isEqualTo(new Verdict.Sound());
    }

    @Test
    void withoutGraceItIsDueAtOnce() {
        Finding short1 = shortOf("north");
        assertThat(verdict(List.of(short1), null, policy("north", 0))).isEqualTo(new Verdict.Due(List.of(short1)));
    }

    @Test
    void graceStartsWhenItIsFirstFound() {
        assertThat(verdict(List.of(shortOf("north")), null, policy("north", 3))).isEqualTo(new Verdict.InGrace(NOW));
    }

    @Test
    void graceRunsFromThenOn() {
        Finding short1 = shortOf("north");
        Instant since = NOW.minus(Duration.ofDays(3));
        assertThat(verdict(List.of(short1), since.plusMillis(1), policy("north", 3)))
                .isEqualTo(new Verdict.InGrace(since.plusMillis(1)));
        assertThat(verdict(List.of(short1), since, policy("north", 3))).isEqualTo(new Verdict.Due(List.of(short1)));
    }

    @Test
    void onlyWhatIsDueIsSaid() {
        Finding north = shortOf("north");
        Finding harbor = shortOf("harbor");
        assertThat(verdict(List.of(north, harbor), null, policy("north", 3), policy("harbor", 0)))
                .isEqualTo(new Verdict.Due(List.of(harbor)));
    }

    @Test
    void leastPatientOfSeveralLendersCounts() {
        Finding shared = shortOf("north", "harbor");
        assertThat(verdict(List.of(shared), null, policy("north", 3), policy("harbor", 0)))
                .isEqualTo(new Verdict.Due(List.of(shared)));
        assertThat(verdict(List.of(shared), null, policy("north", 3), policy("harbor", 2)))
                .isEqualTo(new Verdict.InGrace(NOW));
    }

    @Test
    void expiryIsAsKeycloakCountsIt() {
        Instant created = NOW.minus(Duration.ofDays(30));
        assertThat(ExpiryRules.expired(created, 30, NOW)).isFalse();
        assertThat(ExpiryRules.expired(created.minusMillis(1), 30, NOW)).isTrue();
        assertThat(ExpiryRules.expired(null, 30, NOW)).isTrue();
        assertThat(ExpiryRules.expired(NOW, 0, NOW)).isFalse();
        assertThat(ExpiryRules.expired(NOW.minusMillis(1), 0, NOW)).isTrue();
    }

    private static Verdict verdict(List<Finding> findings, Instant since, LenderPolicy... policies) {
        return ShortfallRules.verdict(new EffectiveRules(List.of(policies)), findings, since, NOW);
    }

    private static LenderPolicy policy(String id, int graceDays) {
        return new LenderPolicy(lender(id), List.of(), List.of(), graceDays);
    }

    private static Finding shortOf(String... lenders) {
        return new Finding.Violation(
                List.of(lenders).stream().map(PasswordRulesTest::lender).toList(),
                new UnderstoodRule(new PolicyRule("length", "9"), 9),
                new PolicyError("x"));
    }
}
