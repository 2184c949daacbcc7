package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordRulesTest {
    private final FakeRuleEngine engine = new FakeRuleEngine();
    private final PasswordRules rules = new PasswordRules(engine);

    @Test
    void nothingIsFoundWhereNobodyAsks() {
        assertThat(findings("x")).isEmpty();
        assertThat(findings("x", policy("north"))).isEmpty();
    }

    @Test
    void violationNamesItsLender() {
        assertThat(findings("12345678", policy("north", "length(9)")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.lenders()).extracting(Lender::id).containsExactly("north");
                    assertThat(((Finding.Violation) finding).error().getParameters())
                            .containsExactly(9);
                });
    }

    @Test
    void allRulesOfAllLendersHold() {
        assertThat(findings("12345678", policy("north", "length(9)", "length(8)"), policy("harbor", "length(10)")))
                .hasSize(2);
        assertThat(findings("1234567890", policy("north", "length(9)"), policy("harbor", "length(10)")))
                .isEmpty();
    }

    @Test
    void equalRulesAreAskedOnceForAllWhoHaveThem() {
        List<Finding> findings =
                findings("1", policy("north", "length(9)", "length(9)"), policy("harbor", "length(9)"));
        assertThat(engine.asked).containsExactly("length(9)@north");
        assertThat(findings)
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.lenders()).extracting(Lender::id).containsExactly("north", "harbor"));
    }

    @Test
    void rulesAboutTheLenderAreAskedForEach() {
        assertThat(findings("harbor1", policy("north", "notTenantName"), policy("harbor", "notTenantName")))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.lenders()).extracting(Lender::id).containsExactly("harbor"));
        assertThat(engine.asked).containsExactly("notTenantName@north", "notTenantName@harbor");
    }

    @Test
    void onlyTheDeepestHistoryIsAsked() {
        findings(
                "x",
                policy("north", "passwordHistory(3)", "passwordAge(30)"),
                policy("harbor", "passwordHistory(5)", "passwordAge(7)"),
                policy("summit", "passwordHistory(-1)"));
        assertThat(engine.asked).containsExactly("passwordHistory(5)@harbor", "passwordAge(30)@north");
    }

    @Test
    void ruleThatNobodyKnowsRefusesItsLendersMembers() {
        assertThat(findings("12345678", policy("north", "lenght(9)"), policy("harbor", "length(8)")))
                .singleElement()
                .isEqualTo(new Finding.Unusable(
                        lender("north"), new BrokenRule("lenght(9)", "no password policy is called 'lenght'")));
    }

    @Test
    void valueThatCannotBeReadRefusesButItsNeighboursStillCount() {
        assertThat(findings("x", policy("north", "length(9", "length(nine)", "length(4)")))
                .satisfiesExactly(
                        unreadable -> assertThat(
                                        ((Finding.Unusable) unreadable).rule().problem())
                                .contains("close the parenthesis"),
                        notANumber -> assertThat(((Finding.Unusable) notANumber).rule())
                                .isEqualTo(new BrokenRule("length(nine)", "Not a valid number")),
                        violation -> assertThat(violation).isInstanceOf(Finding.Violation.class));
    }

    @Test
    void passwordInUseIsNotHeldAgainstThePast() {
        assertThat(shortfalls("1234", policy("north", "passwordHistory(3)", "passwordAge(3)", "length(5)")))
                .singleElement()
                .satisfies(finding ->
                        assertThat(((Finding.Violation) finding).rule().id()).isEqualTo("length"));
    }

    @Test
    void passwordInUseIsLeftAloneWhileAnyLendersRulesCannotBeUsed() {
        assertThat(shortfalls("1", policy("north", "length(9)"), policy("harbor", "lenght(9)")))
                .isEmpty();
    }

    @Test
    void depthsAreTheLargestAndPeriodsTheShortest() {
        EffectiveRules effective = new EffectiveRules(List.of(
                policy("north", "passwordHistory(3)", "forceExpiredPasswordChange(90)", "maxAuthAge(60)"),
                policy("harbor", "passwordHistory(7)", "forceExpiredPasswordChange(30)", "passwordAge(4)"),
                policy("summit", "maxAuthAge(600)", "passwordAge(5)", "passwordHistory(-1)")));
        assertThat(effective.historyDepth()).hasValue(7);
        assertThat(effective.historyDays()).hasValue(5);
        assertThat(effective.expiryDays()).hasValue(30);
        assertThat(effective.maxAuthAge()).hasValue(60);
    }

    @Test
    void nobodyAsksForDepthsOrPeriodsByDefault() {
        EffectiveRules effective = new EffectiveRules(List.of(policy("north", "length(8)", "passwordHistory(-1)")));
        assertThat(effective.historyDepth()).isEmpty();
        assertThat(effective.historyDays()).isEmpty();
        assertThat(effective.expiryDays()).isEmpty();
        assertThat(effective.maxAuthAge()).isEmpty();
    }

    @Test
    void graceIsWholeDays() {
        assertThat(read("14").graceDays()).isEqualTo(14);
        assertThat(read(" 0 ").graceDays()).isZero();
        assertThat(read(null).broken()).isEmpty();
        assertThat(read(" ").broken()).isEmpty();
        assertThat(read("3650").graceDays()).isEqualTo(3650);
    }

    @Test
    void graceThatCannotBeReadIsNone() {
        for (String wrong : List.of("two", "-1", "3651", "1.5")) {
            LenderPolicy policy = read(wrong);
            assertThat(policy.graceDays()).isZero();
            assertThat(policy.broken())
                    .containsExactly(
                            new BrokenRule("password-policy-grace-days=" + wrong, "write whole days, from 0 to 3650"));
        }
    }

    @Test
    void tooManyRulesAreNotUsedAtAll() {
        String[] many = new String[65];
        Arrays.fill(many, "ok");
        LenderPolicy policy = policy("north", many);
        assertThat(policy.rules()).isEmpty();
        assertThat(policy.broken()).containsExactly(new BrokenRule("65 rules", "a tenant may have at most 64"));
        assertThat(policy("north", Arrays.copyOf(many, 64)).rules()).hasSize(64);
    }

    @Test
    void longRulesAreShownInPart() {
        assertThat(policy("north", "unknown(" + "x".repeat(200) + ")").broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.text()).hasSize(121).endsWith("…"));
    }

    @Test
    void candidateDoesNotShowItsPassword() {
        assertThat(candidate("geheim-12345").toString()).isEqualTo("Candidate[anna]");
    }

    @Test
    void policyWithoutRulesIsEmpty() {
        assertThat(policy("north").isEmpty()).isTrue();
        assertThat(policy("north", "ok").isEmpty()).isFalse();
        assertThat(policy("north", "lenght").isEmpty()).isFalse();
    }

    private List<Finding> findings(String password, LenderPolicy... policies) {
        return rules.findings(new EffectiveRules(List.of(policies)), candidate(password));
    }

    private List<Finding> shortfalls(String password, LenderPolicy... policies) {
        return rules.shortfalls(new EffectiveRules(List.of(policies)), candidate(password));
    }

    private static Candidate candidate(String password) {
        return Candidate.registering("anna", password);
    }

    private LenderPolicy read(String graceDays) {
        return new LenderPolicyReader(engine).read(lender("north"), List.of(), graceDays);
    }

    static LenderPolicy policy(String lender, String... values) {
        return new LenderPolicyReader(new FakeRuleEngine()).read(lender(lender), List.of(values), null);
    }

    static Lender lender(String id) {
        return new Lender(id, id + " bank", List.of(id + ".example"));
    }
}
