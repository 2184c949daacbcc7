package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import io.tenantry.doctor.Severity;
import io.tenantry.password.ContradictionRules.Contradiction;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordSetupRulesTest {
    @Test
    void rulesThatNobodyAsksForAreAnErrorThatNamesSomeOfTheTenants() {
        assertThat(PasswordSetupRules.notInForce(List.of())).isEmpty();
        assertThat(PasswordSetupRules.notInForce(
                        IntStream.range(0, 12).mapToObj(i -> "t" + i).toList()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("tenant-policy-off");
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.what()).endsWith("t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, ….");
                });
    }

    @Test
    void brokenRuleNamesTenantAndRule() {
        LenderPolicy policy = new LenderPolicy(
                new Lender("harbor", "Harbor", List.of()),
                List.of(),
                List.of(new BrokenRule("lenght(3)", "no password policy is called 'lenght'")),
                0);
        assertThat(PasswordSetupRules.broken(policy)).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo("password-rule-unusable");
            assertThat(finding.what()).contains("lenght(3)", "no password policy is called 'lenght'");
            assertThat(finding.where()).isEqualTo("organization harbor");
        });
    }

    @Test
    void contradictionOfOneTenantOrWithTheRealmIsAnError() {
        Finding own = PasswordSetupRules.contradiction(new Contradiction("harbor", List.of(), 14, 12, false, null));
        assertThat(own.severity()).isEqualTo(Severity.ERROR);
        assertThat(own.where()).isEqualTo("organization harbor");
        assertThat(own.what())
                .isEqualTo("No password meets the rules of organization harbor: its rules need at least 14 characters,"
                        + " and it allows at most 12.");
        assertThat(own.remedy()).startsWith("Raise maxLength of organization harbor,");

        assertThat(PasswordSetupRules.contradiction(new Contradiction("harbor", List.of(), 14, 12, true, null))
                        .remedy())
                .startsWith("Raise maxLength of realm's password policy,");
        assertThat(PasswordSetupRules.contradiction(new Contradiction("realm", List.of(), 14, 12, false, null))
                        .where())
                .isEqualTo("realm's password policy");
    }

    @Test
    void contradictionOfSeveralTenantsIsAnErrorOnceSomebodyBelongsToAll() {
        assertThat(PasswordSetupRules.contradiction(
                                new Contradiction("harbor", List.of("northbank"), 14, 12, false, null))
                        .severity())
                .isEqualTo(Severity.WARNING);
        Finding shared = PasswordSetupRules.contradiction(
                new Contradiction("harbor", List.of("northbank", "summit"), 14, 12, false, "some-id"));
        assertThat(shared.severity()).isEqualTo(Severity.ERROR);
        assertThat(shared.where()).isEqualTo("organization harbor and organization northbank and organization summit");
        assertThat(shared.what()).contains("at least 14 characters", "at most 12", "user some-id belongs to all");
    }
}
