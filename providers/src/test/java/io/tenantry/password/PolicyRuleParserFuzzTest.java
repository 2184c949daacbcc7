package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.settings.InvalidSettingException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PolicyRuleParserFuzzTest {
    @Property(tries = 5_000)
    void anyTextIsReadOrRefusedInOurWords(@ForAll("anything") String text) {
        try {
            assertThat(PolicyRuleParser.parse(List.of(text))).hasSizeLessThanOrEqualTo(PolicyRuleParser.MAX_RULES);
        } catch (InvalidSettingException refused) {
            assertThat(refused.getMessage()).startsWith("password-policy is '").hasSizeLessThan(400);
        }
    }

    @Property(tries = 5_000)
    void textThatLooksLikeRulesIsReadOrRefusedInOurWords(@ForAll("almostRules") String text) {
        anyTextIsReadOrRefusedInOurWords(text);
    }

    @Property(tries = 2_000)
    void rulesAreReadAsTheyAreWritten(@ForAll("rules") List<PolicyRule> rules) {
        String together = rules.stream().map(PolicyRule::text).collect(Collectors.joining(" and "));
        assertThat(PolicyRuleParser.parse(List.of(together))).isEqualTo(rules);
        assertThat(PolicyRuleParser.parse(rules.stream().map(PolicyRule::text).toList()))
                .isEqualTo(rules);
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.strings().ofMaxLength(300);
    }

    @Provide
    Arbitrary<String> almostRules() {
        return Arbitraries.of(
                        "length",
                        "regexPattern",
                        "(",
                        ")",
                        "[",
                        "]",
                        "\\",
                        "\\Q",
                        "\\E",
                        " and ",
                        "and",
                        " ",
                        "8",
                        "^",
                        "é")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<PolicyRule>> rules() {
        Arbitrary<String> id = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12);
        Arbitrary<String> piece = Arbitraries.of(
                "a", "[)(]", "(?:x and y)", "\\)", "\\(", "\\Q)]\\E", "{2,}", " and length(8) and ", "[]()]", ".*", "");
        Arbitrary<String> config = piece.list().ofMaxSize(6).map(pieces -> String.join("", pieces));
        return Combinators.combine(id, config.injectNull(0.3))
                .as(PolicyRule::new)
                .list()
                .ofMaxSize(8);
    }
}
