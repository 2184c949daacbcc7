package io.tenantry.password;

import static io.tenantry.password.PasswordRulesTest.lender;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StrictestRulesTest {
    @Test
    void largestMinimumAndSmallestMaximumOfAll() {
        EffectiveRules tenants = rules("length(8)", "length(14)", "maxLength(40)", "maxLength(64)", "digits(1)");
        assertThat(StrictestRules.of(tenants, Map.of("length", 10, "maxLength", 50, "digits", 3)::get))
                .containsOnly(Map.entry("length", "14"), Map.entry("maxLength", "40"), Map.entry("digits", "3"));
    }

    @Test
    void realmAloneIsNotSaidAgainUnlessItIsStricter() {
        assertThat(StrictestRules.of(rules("digits(2)"), Map.of("digits", 4)::get))
                .containsExactly(Map.entry("digits", "4"));
        assertThat(StrictestRules.of(rules("digits(2)"), id -> -1)).containsExactly(Map.entry("digits", "2"));
    }

    @Test
    void everyNumberOfStockIsCompared() {
        EffectiveRules tenants = rules(
                "lowerCase(1)",
                "upperCase(2)",
                "specialChars(3)",
                "passwordHistory(4)",
                "forceExpiredPasswordChange(5)",
                "notUsername",
                "notEmail",
                "regexPattern(x)");
        assertThat(StrictestRules.of(tenants, id -> null).keySet())
                .containsExactlyInAnyOrder(
                        "lowerCase",
                        "upperCase",
                        "specialChars",
                        "passwordHistory",
                        "forceExpiredPasswordChange",
                        "notUsername",
                        "notEmail");
    }

    @Test
    void historyThatTheRealmAsksForIsNotAskedTwice() {
        EffectiveRules tenants = rules("passwordHistory(3)", "length(8)");
        assertThat(tenants.beyond(3).rules()).hasSize(1);
        assertThat(tenants.beyond(4).historyDepth()).isEmpty();
        assertThat(tenants.beyond(2)).isSameAs(tenants);
        assertThat(tenants.beyond(-1)).isSameAs(tenants);
    }

    @Test
    void formShowsTheStrictestOfRulesThatDifferByANumber() {
        EffectiveRules all = new EffectiveRules(List.of(
                        policy("north", "length(14)", "digits(1)", "maxLength(64)", "regexPattern(a)"),
                        policy("harbor", "length(12)", "digits(1)", "maxLength(50)", "regexPattern(b)")))
                .after(policy("realm", "length(8)", "notUsername"));
        assertThat(StrictestRules.toShow(all))
                .extracting(shared -> shared.rule().rule().text() + " of "
                        + shared.lenders().stream().map(Lender::id).toList())
                .containsExactly(
                        "notUsername of [realm]",
                        "length(14) of [north]",
                        "digits(1) of [north, harbor]",
                        "regexPattern(a) of [north]",
                        "maxLength(50) of [harbor]",
                        "regexPattern(b) of [harbor]");
    }

    @Test
    void formShowsNoRuleThatAsksForNothingNorOneAboutTheLogin() {
        assertThat(StrictestRules.toShow(rules("length(0)", "digits(-1)", "maxAuthAge(60)", "minStrength(-1)")))
                .isEmpty();
        assertThat(StrictestRules.toShow(rules("maxLength(0)", "minStrength(0)", "passwordAge(0)")))
                .hasSize(3);
    }

    @Test
    void whoComesFirstIsAskedFirstAndTheOthersStay() {
        EffectiveRules all = rules("length(8)").after(policy("realm", "length(4)"));
        assertThat(all.policies()).extracting(policy -> policy.lender().id()).containsExactly("realm", "north");
        assertThat(all.usable()).isTrue();
        assertThat(all.after(new LenderPolicy(lender("x"), List.of(), List.of(new BrokenRule("y", "z")), 0))
                        .usable())
                .isFalse();
    }

    private static LenderPolicy policy(String lender, String... rules) {
        return new LenderPolicy(lender(lender), understood(rules), List.of(), 0);
    }

    private static EffectiveRules rules(String... rules) {
        return new EffectiveRules(List.of(new LenderPolicy(lender("north"), understood(rules), List.of(), 0)));
    }

    static List<UnderstoodRule> understood(String... rules) {
        return Stream.of(rules)
                .flatMap(rule -> PolicyRuleParser.parse(List.of(rule)).stream())
                .map(rule -> new UnderstoodRule(rule, number(rule)))
                .toList();
    }

    private static Integer number(PolicyRule rule) {
        return rule.config() != null && rule.config().matches("-?\\d+") ? Integer.valueOf(rule.config()) : null;
    }
}
