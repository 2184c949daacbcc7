package io.tenantry.password;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what is wrong with the tenants' password rules. */
final class PasswordSetupRules {
    private static final int NAMED = 10;

    private PasswordSetupRules() {}

    /**
     * Judges a realm that does not ask for its tenants' rules.
     *
     * @param tenants those that have rules, by id
     */
    static Stream<Finding> notInForce(List<String> tenants) {
        if (tenants.isEmpty()) {
            return Stream.empty();
        }
        String named = String.join(", ", tenants.subList(0, Math.min(NAMED, tenants.size())));
        return Stream.of(Finding.error(
                "tenant-policy-off",
                "Tenants have password rules that nobody is held to: " + named + (tenants.size() > NAMED ? ", …" : "")
                        + ".",
                "realm's password policy",
                "Add Tenant Policies (" + RuleIds.TENANT_POLICY + ") under Authentication, Policies, or remove the"
                        + " attribute " + TenantPolicyAttributes.RULES + " from the organizations."));
    }

    /** Judges each rule of a tenant by itself. */
    static Stream<Finding> broken(LenderPolicy policy) {
        return PasswordPolicyAdmin.broken(policy).stream()
                .map(problem -> Finding.error(
                        "password-rule-unusable",
                        "The password rule " + problem.rule() + " cannot be used: " + problem.problem() + ".",
                        "organization " + problem.tenant(),
                        problem.remedy()));
    }

    /** Judges rules that no password can meet together: worse once there is somebody who cannot meet them. */
    static Finding contradiction(ContradictionRules.Contradiction found) {
        String check = "password-rules-contradict";
        String whose = who(found.source());
        String where = Stream.concat(Stream.of(whose), found.others().stream().map(PasswordSetupRules::who))
                .collect(Collectors.joining(" and "));
        String what = "No password meets the rules of " + where + ": " + found.text() + ".";
        String remedy = "Raise maxLength of " + (found.byRealm() ? who(PasswordPolicyAdmin.REALM) : whose)
                + ", or ask for less in the others' or its own rules.";
        return found.others().isEmpty() || found.member() != null
                ? Finding.error(check, what, where, remedy)
                : Finding.warning(check, what, where, remedy);
    }

    private static String who(String source) {
        return source.equals(PasswordPolicyAdmin.REALM) ? "realm's password policy" : "organization " + source;
    }
}
