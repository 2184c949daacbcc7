package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.policy.PolicyError;

/** Whoever understands rules and holds a password against them: in the server, Keycloak's policy providers. */
interface RuleEngine {
    /**
     * What a rule's text says.
     *
     * @throws UnusableRuleException if it cannot be enforced
     */
    UnderstoodRule read(PolicyRule rule) throws UnusableRuleException;

    /** The rule's own error, or null if the password complies. */
    @Nullable PolicyError violation(UnderstoodRule rule, Lender lender, Candidate candidate);
}
