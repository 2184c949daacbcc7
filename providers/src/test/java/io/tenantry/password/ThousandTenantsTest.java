package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThousandTenantsTest {
    private final FakeRuleEngine engine = new FakeRuleEngine();
    private final EffectiveRules rules = new EffectiveRules(IntStream.range(0, 1_000)
            .mapToObj(i -> PasswordRulesTest.policy(
                    "lender" + i, "length(" + (8 + i % 7) + ")", "passwordHistory(" + (1 + i % 24) + ")"))
            .toList());

    @Test
    void memberIsAskedEachQuestionOnce() {
        List<Finding> findings =
                new PasswordRules(engine).findings(rules, Candidate.registering("everybody", "only-nine"));
        assertThat(engine.asked).hasSize(8).contains("passwordHistory(24)@lender23");
        assertThat(findings).hasSize(6);
        assertThat(findings.stream()
                        .mapToInt(finding -> finding.lenders().size())
                        .sum())
                .isEqualTo(714 + 41);
        assertThat(rules.historyDepth()).hasValue(24);
    }
}
