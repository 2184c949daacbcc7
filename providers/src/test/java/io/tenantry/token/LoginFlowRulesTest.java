package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import io.tenantry.doctor.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LoginFlowRulesTest {
    private static final FlowStep ACCESS = step(true, "tenant-access");
    private static final LoginFlow GOOD =
            new LoginFlow("good", List.of(subflow(true, step(false, "auth-cookie")), ACCESS));
    private static final LoginFlow STOCK =
            new LoginFlow("browser", List.of(step(false, "auth-cookie"), subflow(false, step(true, "forms"))));

    @Test
    void stepAtTheTopOrInRequiredPartsHolds() {
        assertThat(GOOD.access()).isEqualTo(LoginFlow.Access.HOLDS);
        assertThat(new LoginFlow("nested", List.of(subflow(true, subflow(true, ACCESS)))).access())
                .isEqualTo(LoginFlow.Access.HOLDS);
    }

    @Test
    void stepInAnAlternativeIsSkippable() {
        LoginFlow flow = new LoginFlow("odd", List.of(step(false, "auth-cookie"), subflow(false, ACCESS)));
        assertThat(flow.access()).isEqualTo(LoginFlow.Access.SKIPPABLE);
        assertThat(checks(facts(List.of(), List.of(flow), List.of(), Map.of())))
                .containsExactly("tenant-access-skippable");
    }

    @Test
    void stockFlowsAreAdvisedAgainstOnce() {
        List<Finding> findings = LoginFlowRules.check(
                        facts(List.of(), List.of(STOCK), List.of(STOCK), Map.of("idp", STOCK)))
                .toList();
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo("tenant-access-missing");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        });
    }

    @Test
    void whatReliesOnTheStepMakesItsAbsenceAnErrorAtEveryDoor() {
        List<Finding> findings = LoginFlowRules.check(
                        facts(List.of("login.level of a"), List.of(STOCK), List.of(STOCK), Map.of("idp", STOCK)))
                .toList();
        assertThat(findings)
                .extracting(Finding::check)
                .containsExactlyInAnyOrder(
                        "tenant-access-missing",
                        "tenant-access-missing-at-token-endpoint",
                        "tenant-access-missing-after-provider");
        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.ERROR);
        assertThat(findings).extracting(Finding::what).anyMatch(what -> what.contains("login.level of a"));
    }

    @Test
    void whoeverUsesTheStepInTheBrowserMustUseItElsewhere() {
        assertThat(checks(facts(List.of(), List.of(GOOD), List.of(STOCK), Map.of("idp", STOCK))))
                .containsExactlyInAnyOrder(
                        "tenant-access-missing-at-token-endpoint", "tenant-access-missing-after-provider");
    }

    @Test
    void realmThatUsesItEverywhereIsWell() {
        assertThat(checks(facts(List.of("x"), List.of(GOOD), List.of(GOOD), Map.of("idp", GOOD))))
                .isEmpty();
    }

    @Test
    void highestLevelIsFoundAtAnyDepth() {
        FlowStep two = new FlowStep(true, "conditional-level-of-authentication", OptionalInt.of(2), List.of());
        assertThat(new LoginFlow("levels", List.of(subflow(false, subflow(false, two)))).highestLevel())
                .isEqualTo(2);
        assertThat(STOCK.highestLevel()).isZero();
    }

    private static List<String> checks(LoginFlowRules.Facts facts) {
        return LoginFlowRules.check(facts).map(Finding::check).toList();
    }

    private static LoginFlowRules.Facts facts(
            List<String> reliedOn, List<LoginFlow> browser, List<LoginFlow> direct, Map<String, LoginFlow> after) {
        return new LoginFlowRules.Facts(reliedOn, browser, direct, after);
    }

    private static FlowStep step(boolean required, String authenticator) {
        return new FlowStep(required, authenticator, OptionalInt.empty(), List.of());
    }

    private static FlowStep subflow(boolean required, FlowStep... steps) {
        return new FlowStep(required, null, OptionalInt.empty(), List.of(steps));
    }
}
