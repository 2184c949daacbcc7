package io.tenantry.password;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.policy.PolicyError;

/** Understands {@code length}, the rules about the past, {@code notTenantName} and {@code ok}; knows no other. */
final class FakeRuleEngine implements RuleEngine {
    final List<String> asked = new ArrayList<>();

    @Override
    public UnderstoodRule read(PolicyRule rule) throws UnusableRuleException {
        return switch (rule.id()) {
            case "length", "passwordHistory", "passwordAge", "forceExpiredPasswordChange", "maxAuthAge" -> {
                try {
                    yield new UnderstoodRule(rule, Integer.valueOf(String.valueOf(rule.config())));
                } catch (NumberFormatException notANumber) {
                    throw new UnusableRuleException("Not a valid number");
                }
            }
            case "notTenantName", "ok" -> new UnderstoodRule(rule, null);
            default -> throw new UnusableRuleException("no password policy is called '" + rule.id() + "'");
        };
    }

    @Override
    public PolicyError violation(UnderstoodRule rule, Lender lender, Candidate candidate) {
        asked.add(rule.rule().text() + "@" + lender.id());
        return switch (rule.id()) {
            case "length" ->
                candidate.password().length() < rule.number().orElseThrow()
                        ? new PolicyError("invalidPasswordMinLengthMessage", rule.config())
                        : null;
            case "passwordHistory", "passwordAge" -> new PolicyError("invalidPasswordHistoryMessage", rule.config());
            case "notTenantName" -> candidate.password().contains(lender.id()) ? new PolicyError("x") : null;
            default -> null;
        };
    }
}
