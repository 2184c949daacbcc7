package io.tenantry.password;

import static io.tenantry.password.PasswordRulesTest.lender;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.password.ContradictionRules.Contradiction;
import io.tenantry.password.ContradictionRules.Lengths;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    void rulesThatNoPasswordMeets() {
        assertThat(find(Lengths.of("north", understood("length(20)", "maxLength(19)"))))
                .containsExactly(new Contradiction("north", 20, "north", 19));
        assertThat(find(Lengths.of("north", understood("length(20)", "maxLength(20)"))))
                .isEmpty();
    }

    @Test
    void characterClassesAddUp() {
        assertThat(find(Lengths.of(
                        "north",
                        understood("digits(3)", "lowerCase(3)", "upperCase(3)", "specialChars(3)", "maxLength(11)"))))
                .singleElement()
                .satisfies(found -> assertThat(found.text())
                        .isEqualTo("its rules need at least 12 characters and allow at most 11"));
    }

    @Test
    void rulesThatTwoTenantsMembersCannotMeet() {
        assertThat(find(
                        Lengths.of("harbor", understood("digits(9)")),
                        Lengths.of("north", understood("maxLength(12)", "maxLength(15)", "lowerCase(4)")),
                        Lengths.of("summit", understood("maxLength(64)"))))
                .singleElement()
                .satisfies(
                        found -> assertThat(found.text())
                                .isEqualTo(
                                        "together with harbor its rules need at least 13 characters, and it allows at most 12"));
    }

    @Test
    void sourceWithoutLimitContradictsNobody() {
        assertThat(find(new Lengths("a", Map.of("length", 99), OptionalInt.empty())))
                .isEmpty();
    }

    private static List<Contradiction> find(Lengths... sources) {
        return ContradictionRules.find(List.of(sources));
    }

    private static EffectiveRules rules(String... rules) {
        return new EffectiveRules(List.of(new LenderPolicy(lender("north"), understood(rules), List.of(), 0)));
    }

    private static List<UnderstoodRule> understood(String... rules) {
        return Stream.of(rules)
                .flatMap(rule -> PolicyRuleParser.parse(List.of(rule)).stream())
                .map(rule -> new UnderstoodRule(rule, number(rule)))
                .toList();
    }

    private static Integer number(PolicyRule rule) {
        return rule.config() != null && rule.config().matches("\\d+") ? Integer.valueOf(rule.config()) : null;
    }
}
