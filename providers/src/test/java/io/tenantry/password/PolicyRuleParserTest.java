package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenantry.settings.InvalidSettingException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRuleParserTest {
    @Test
    void oneRuleAValue() {
        assertThat(parse("length(14)", "notEmail"))
                .containsExactly(new PolicyRule("length", "14"), new PolicyRule("notEmail", null));
    }

    @Test
    void manyRulesInAValueAsKeycloakWritesThem() {
        assertThat(parse("length(8) and digits(2) and notUsername(undefined) and notEmail"))
                .containsExactly(
                        new PolicyRule("length", "8"),
                        new PolicyRule("digits", "2"),
                        new PolicyRule("notUsername", "undefined"),
                        new PolicyRule("notEmail", null));
    }

    @Test
    void spaceBetweenTheWordsDoesNotMatter() {
        assertThat(parse("  length (8)\tand\n digits(2)  "))
                .containsExactly(new PolicyRule("length", "8"), new PolicyRule("digits", "2"));
    }

    @Test
    void noRulesInNoText() {
        assertThat(parse("", "  ")).isEmpty();
    }

    @Test
    void andInsideARegexBelongsToIt() {
        assertThat(parse("regexPattern(^(rock and roll) and length(8).*$) and digits(1)"))
                .containsExactly(
                        new PolicyRule("regexPattern", "^(rock and roll) and length(8).*$"),
                        new PolicyRule("digits", "1"));
    }

    @Test
    void secondRegexIsKept() {
        assertThat(parse("regexPattern(.*a.*) and regexPattern(.*b.*)"))
                .containsExactly(new PolicyRule("regexPattern", ".*a.*"), new PolicyRule("regexPattern", ".*b.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[^)]+",
                "[(]+",
                "\\)+\\(",
                "\\Q)(\\E.*",
                "\\Q(",
                "[]()]+",
                "[^]()]+",
                "[a[)]]+",
                "(?=.*[)])(?:x|y)",
                "[\\])]",
                ""
            })
    void parenthesesThatARegexDoesNotCountDoNotEndTheRule(String regex) {
        if (!regex.equals("\\Q(")) {
            assertThat(parse("regexPattern(" + regex + ") and length(8)"))
                    .containsExactly(new PolicyRule("regexPattern", regex), new PolicyRule("length", "8"));
        } else {
            // Quoted to its end, so only the plain reading can end it
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> parse("regexPattern(" + regex + ") and length(8)"));
        }
    }

    @Test
    void textThatIsNoRegexEndsWhereItsParenthesesDo() {
        assertThat(parse("passwordBlacklist([top.txt) and length(8)"))
                .containsExactly(new PolicyRule("passwordBlacklist", "[top.txt"), new PolicyRule("length", "8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "length(8",
                "length(8))",
                "length(8) digits(1)",
                "length(8)and digits(1)",
                "length(8) and",
                "length(8) and ",
                "length(8) anddigits(1)",
                "(8)",
                "and length(8) x",
                "length(8) and (3)",
                "lengths, digits",
                "length(8) or digits(1)"
            })
    void whatCannotBeReadIsNamed(String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> parse(value))
                .withMessageStartingWith("password-policy is '" + value + "': ");
    }

    @Test
    void errorSaysWhere() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> parse("length(8) or digits(1)"))
                .withMessageEndingWith("write ' and ' between two rules, at character 11");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> parse("digits(1) and length(8"))
                .withMessageEndingWith("close the parenthesis opened at character 21");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> parse("digits and ?"))
                .withMessageEndingWith("a rule starts with its name, like length(14), at character 12");
    }

    @Test
    void rulesAreBounded() {
        assertThat(parse(Collections.nCopies(PolicyRuleParser.MAX_RULES, "length")
                        .toArray(String[]::new)))
                .hasSize(64);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> parse(Collections.nCopies(65, "length").toArray(String[]::new)))
                .withMessageContaining("at most 64 rules");
    }

    @Test
    void valuesAreBoundedAndQuotedInPart() {
        String longest = "x".repeat(PolicyRuleParser.MAX_VALUE_LENGTH);
        assertThat(parse(longest)).hasSize(1);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> parse(longest + "x"))
                .withMessageContaining("'" + "x".repeat(120) + "…'")
                .withMessageContaining("at most 4096 characters");
    }

    @Test
    void textOfARuleIsHowItIsWritten() {
        assertThat(parse("length (8) and notEmail").stream().map(PolicyRule::text))
                .containsExactly("length(8)", "notEmail");
    }

    private static List<PolicyRule> parse(String... values) {
        return PolicyRuleParser.parse(List.of(values));
    }
}
