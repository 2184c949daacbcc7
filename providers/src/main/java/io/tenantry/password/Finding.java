package io.tenantry.password;

import java.util.List;
import org.keycloak.policy.PolicyError;

/** A reason not to take a password. */
sealed interface Finding {
    /** Whose reason; at least one. */
    List<Lender> lenders();

    /**
     * The password breaks a rule.
     *
     * @param error the rule's own words
     */
    record Violation(List<Lender> lenders, UnderstoodRule rule, PolicyError error) implements Finding {
        public Violation {
            lenders = List.copyOf(lenders);
        }
    }

    /** Nobody can say whether the password is good: the lender's rules cannot be used. */
    record Unusable(Lender lender, BrokenRule rule) implements Finding {
        @Override
        public List<Lender> lenders() {
            return List.of(lender);
        }
    }
}
