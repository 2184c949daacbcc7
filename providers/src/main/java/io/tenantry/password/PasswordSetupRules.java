package io.tenantry.password;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.function.BiPredicate;
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

    /**
     * Judges rules that no password can meet together.
     *
     * @param inCommon whether two tenants are known to have a member in common
     */
    static Stream<Finding> contradiction(ContradictionRules.Contradiction found, BiPredicate<String, String> inCommon) {
        String check = "password-rules-contradict";
        String limiting = who(found.limiting());
        String demanding = who(found.demanding());
        String remedy = "Raise maxLength of " + limiting + ", or ask for less in " + demanding + ".";
        String lengths =
                "at least " + found.least() + " characters are needed and at most " + found.most() + " allowed";
        if (found.limiting().equals(found.demanding())) {
            return Stream.of(Finding.error(
                    check, "No password meets the rules: " + lengths + ".", limiting, "Mend one of them: " + remedy));
        }
        String where = limiting + " and " + demanding;
        boolean certain = Stream.of(found.limiting(), found.demanding()).anyMatch(PasswordPolicyAdmin.REALM::equals)
                || inCommon.test(found.limiting(), found.demanding());
        return Stream.of(
                certain
                        ? Finding.error(check, "No password meets the rules of both: " + lengths + ".", where, remedy)
                        : Finding.warning(
                                check,
                                "Whoever joins both will find no password that does: " + lengths + ".",
                                where,
                                remedy));
    }

    private static String who(String source) {
        return source.equals(PasswordPolicyAdmin.REALM) ? "realm's password policy" : "organization " + source;
    }
}
