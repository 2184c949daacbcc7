package io.tenantry.password;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.policy.PolicyError;

/** Holds a password against all that lenders ask. Nothing is found exactly if the password may be used. */
final class PasswordRules {
    private final RuleEngine engine;

    PasswordRules(RuleEngine engine) {
        this.engine = engine;
    }

    /** For a new password: all rules count, and a lender whose rules cannot be used has the password refused. */
    List<Finding> findings(EffectiveRules rules, Candidate candidate) {
        List<Finding> findings = new ArrayList<>();
        for (LenderPolicy policy : rules.policies()) {
            policy.broken().forEach(broken -> findings.add(new Finding.Unusable(policy.lender(), broken)));
        }
        for (EffectiveRules.SharedRule shared : rules.rules()) {
            hold(shared, candidate, findings);
        }
        return findings;
    }

    /**
     * For a password in use. Rules about the past do not count, as it is part of it. Nothing does while any lender's
     * rules cannot be used: a new password would be refused for them, and its owner locked out.
     */
    List<Finding> shortfalls(EffectiveRules rules, Candidate candidate) {
        List<Finding> findings = new ArrayList<>();
        if (!rules.usable()) {
            return findings;
        }
        for (EffectiveRules.SharedRule shared : rules.rules()) {
            if (!RuleIds.ABOUT_THE_PAST.contains(shared.rule().id())) {
                hold(shared, candidate, findings);
            }
        }
        return findings;
    }

    private void hold(EffectiveRules.SharedRule shared, Candidate candidate, List<Finding> findings) {
        PolicyError error = engine.violation(shared.rule(), shared.lenders().get(0), candidate);
        if (error != null) {
            findings.add(new Finding.Violation(shared.lenders(), shared.rule(), error));
        }
    }
}
