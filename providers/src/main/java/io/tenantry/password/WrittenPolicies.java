package io.tenantry.password;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/**
 * Password policies as a realm file holds them, judged without the server that will import it. Whether the files that
 * rules name are there can only be said on that server: its doctor does.
 */
public final class WrittenPolicies {
    /** Keycloak's own looks for its file as soon as its value is read. */
    private static final String DENYLIST = "passwordBlacklist";

    private final RuleEngine engine;

    /**
     * Policies read by the providers that a session gives.
     *
     * @param session asked for password policy providers by their ids, and for nothing else
     */
    public WrittenPolicies(KeycloakSession session) {
        this.engine = new Reading(session);
    }

    /** The attributes of an organization that this is about. */
    public static Set<String> attributes() {
        return TenantPolicyAttributes.ALL;
    }

    /** What is wrong with the values of a tenant's {@value TenantPolicyAttributes#RULES} and grace days. */
    public List<String> problems(List<String> rules, @Nullable String graceDays) {
        List<String> problems = new ArrayList<>();
        new LenderPolicyReader(engine)
                .read(new Lender("", "", List.of()), rules, graceDays)
                .broken()
                .forEach(broken -> problems.add(broken.text() + ": " + broken.problem()));
        rules.stream()
                .filter(rule -> rule.length() > PasswordPolicyAdmin.MAX_ATTRIBUTE_LENGTH)
                .forEach(rule -> problems.add("a value of " + rule.length() + " characters: it may have at most "
                        + PasswordPolicyAdmin.MAX_ATTRIBUTE_LENGTH));
        return problems;
    }

    /** What is wrong with a realm's own policy, which Keycloak splits at every {@code " and "}. */
    public List<String> problems(String realmPolicy) {
        List<String> problems = new ArrayList<>();
        for (String text : realmPolicy.isBlank() ? new String[0] : realmPolicy.split(" and ", -1)) {
            try {
                for (PolicyRule rule : PolicyRuleParser.parse(List.of(text))) {
                    if (!RuleIds.REALM_ONLY.contains(rule.id())) {
                        engine.read(rule);
                    }
                }
            } catch (UnusableRuleException | io.tenantry.settings.InvalidSettingException e) {
                problems.add(text + ": " + e.getMessage());
            }
        }
        return problems;
    }

    /** Reads as the server does, but opens no file. */
    private record Reading(KeycloakSession session) implements RuleEngine {
        @Override
        public UnderstoodRule read(PolicyRule rule) throws UnusableRuleException {
            if (DENYLIST.equals(rule.id()) && session.getProvider(PasswordPolicyProvider.class, DENYLIST) != null) {
                return new UnderstoodRule(rule, null);
            }
            return new KeycloakRuleEngine(session).understood(rule);
        }

        @Override
        public @Nullable PolicyError violation(UnderstoodRule rule, Lender lender, Candidate candidate) {
            throw new UnsupportedOperationException("no password is judged here");
        }
    }
}
