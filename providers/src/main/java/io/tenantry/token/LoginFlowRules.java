package io.tenantry.token;

import io.tenantry.doctor.Finding;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** Decides whether every way of signing in leads through {@value TenantAccessAuthenticatorFactory#ID}. */
final class LoginFlowRules {
    private static final String STEP = TenantAccessAuthenticatorFactory.ID;

    /**
     * What is known of a shared realm.
     *
     * @param reliedOn what works only with the step, such as the attribute login.level of an organization
     * @param browser the flows in which browsers get tenants' tokens
     * @param directGrant the flows in which passwords are exchanged for tenants' tokens
     * @param afterProvider the post-login flow of each identity provider, by alias; one without steps where it has none
     */
    record Facts(
            Collection<String> reliedOn,
            Collection<LoginFlow> browser,
            Collection<LoginFlow> directGrant,
            Map<String, LoginFlow> afterProvider) {}

    private LoginFlowRules() {}

    static Stream<Finding> check(Facts facts) {
        boolean meant = !facts.reliedOn().isEmpty()
                || facts.browser().stream().anyMatch(flow -> flow.access() != LoginFlow.Access.ABSENT);
        Stream<Finding> skippable = Stream.of(
                        facts.browser().stream(), facts.directGrant().stream(), facts.afterProvider().values().stream())
                .flatMap(flows -> flows)
                .filter(flow -> flow.access() == LoginFlow.Access.SKIPPABLE)
                .distinct()
                .map(LoginFlowRules::skippable);
        Stream<Finding> browser = absent(facts.browser())
                .map(flow -> facts.reliedOn().isEmpty() ? advised(flow) : needed(flow, facts.reliedOn()));
        if (!meant) {
            return Stream.concat(skippable, browser);
        }
        return Stream.of(
                        skippable,
                        browser,
                        absent(facts.directGrant()).map(LoginFlowRules::directGrant),
                        facts.afterProvider().entrySet().stream()
                                .filter(entry -> entry.getValue().access() == LoginFlow.Access.ABSENT)
                                .map(entry -> afterProvider(entry.getKey())))
                .flatMap(found -> found);
    }

    private static Stream<LoginFlow> absent(Collection<LoginFlow> flows) {
        return flows.stream().filter(flow -> flow.access() == LoginFlow.Access.ABSENT);
    }

    private static Finding skippable(LoginFlow flow) {
        return Finding.error(
                "tenant-access-skippable",
                "Some ways through the flow lead past " + STEP + ", a session that is there already for one.",
                flow.where(),
                "Make " + STEP + " a required step at the flow's top level, beside one required sub-flow that holds all"
                        + " others.");
    }

    private static Finding needed(LoginFlow flow, Collection<String> reliedOn) {
        return Finding.error(
                "tenant-access-missing",
                "These do not hold without " + STEP + ": " + String.join(", ", reliedOn) + ".",
                flow.where(),
                howToAdd());
    }

    private static Finding advised(LoginFlow flow) {
        return Finding.warning(
                "tenant-access-missing",
                "The choice of a tenant lives in a place that the tabs of a browser share until they redeem their codes.",
                flow.where(),
                howToAdd());
    }

    private static String howToAdd() {
        return "Add " + STEP + " as the last required step, as docs/tenants-in-tokens.md shows.";
    }

    private static Finding directGrant(LoginFlow flow) {
        return Finding.error(
                "tenant-access-missing-at-token-endpoint",
                "Whoever signs in with a password at the token endpoint need not meet what a tenant demands.",
                flow.where(),
                "Add " + STEP + " as the last required step of the direct grant flow, or switch Direct access grants"
                        + " off for the clients that use it.");
    }

    private static Finding afterProvider(String alias) {
        return Finding.error(
                "tenant-access-missing-after-provider",
                "Whoever signs in through this identity provider need not meet what a tenant demands.",
                "identity provider " + alias,
                "Set its post-login flow to one whose only step is " + STEP + ", as required.");
    }
}
