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
    void contradictionOfOneSourceOrWithTheRealmIsAnError() {
        assertThat(contradiction("harbor", "harbor", false).severity()).isEqualTo(Severity.ERROR);
        assertThat(contradiction("realm", "harbor", false).severity()).isEqualTo(Severity.ERROR);
        assertThat(contradiction("harbor", "realm", false).severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void contradictionOfTwoTenantsIsAnErrorOnceTheyShareAMember() {
        assertThat(contradiction("northbank", "harbor", false).severity()).isEqualTo(Severity.WARNING);
        Finding shared = contradiction("northbank", "harbor", true);
        assertThat(shared.severity()).isEqualTo(Severity.ERROR);
        assertThat(shared.where()).isEqualTo("organization harbor and organization northbank");
        assertThat(shared.what()).contains("at least 14 characters", "at most 12");
    }

    private static Finding contradiction(String demanding, String limiting, boolean inCommon) {
        return PasswordSetupRules.contradiction(
                        new Contradiction(demanding, 14, limiting, 12), (one, other) -> inCommon)
                .findFirst()
                .orElseThrow();
    }
}
