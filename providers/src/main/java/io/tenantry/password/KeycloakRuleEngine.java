package io.tenantry.password;

import io.tenantry.settings.BoundedPattern;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/**
 * Delegates each rule to the policy provider of that id, be it Keycloak's or another extension's, but for regular
 * expressions: they are one tenant's, and whoever types a password is another's.
 */
final class KeycloakRuleEngine implements RuleEngine {
    /** Keycloak's message for a password that a regular expression does not match. */
    private static final String NO_MATCH = "invalidPasswordRegexPatternMessage";

    private final KeycloakSession session;

    KeycloakRuleEngine(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public UnderstoodRule read(PolicyRule rule) throws UnusableRuleException {
        UnderstoodRule understood = understood(rule);
        if (understood.config() instanceof SelfChecking checking) {
            checking.check();
        }
        return understood;
    }

    /** What a rule's text says, whether or not the server has what the rule needs. */
    UnderstoodRule understood(PolicyRule rule) throws UnusableRuleException {
        if (RuleIds.REALM_ONLY.contains(rule.id())) {
            throw new UnusableRuleException(
                    "'" + rule.id() + "' holds for a whole realm, set it in the realm's policy");
        }
        PasswordPolicyProvider provider = session.getProvider(PasswordPolicyProvider.class, rule.id());
        if (provider == null) {
            throw new UnusableRuleException("no password policy is called '" + rule.id() + "'");
        }
        return new UnderstoodRule(rule, config(provider, rule));
    }

    private static @Nullable Object config(PasswordPolicyProvider provider, PolicyRule rule)
            throws UnusableRuleException {
        try {
            Object config = provider.parseConfig(rule.config());
            return config instanceof Pattern pattern ? BoundedPattern.of(pattern.pattern()) : config;
        } catch (RuntimeException refused) {
            // Some of Keycloak's own throw NumberFormatException or NullPointerException for what they cannot read
            throw new UnusableRuleException(
                    refused.getMessage() == null ? "its value cannot be read" : refused.getMessage());
        }
    }

    @Override
    public @Nullable PolicyError violation(UnderstoodRule rule, Lender lender, Candidate candidate) {
        if (rule.config() instanceof BoundedPattern pattern) {
            // Keycloak's provider would match for as long as it takes
            return pattern.matches(candidate.password()) ? null : new PolicyError(NO_MATCH, pattern.toString());
        }
        PasswordPolicy policy =
                PasswordPolicy.build().put(rule.id(), rule.rule().config()).build(session);
        PasswordPolicyProvider provider = session.getProvider(PasswordPolicyProvider.class, rule.id());
        KeycloakContext context = session.getContext();
        RealmModel realm = context.getRealm();
        RealmModel lens = new PolicyLens(realm, policy, lender);
        context.setRealm(lens);
        try {
            return candidate.user() == null
                    ? provider.validate(candidate.username(), candidate.password())
                    : provider.validate(lens, candidate.user(), candidate.password());
        } finally {
            context.setRealm(realm);
        }
    }
}
