package io.tenantry.password;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/** Adds to a realm's password policy the rules of the user's tenants. */
final class TenantPolicyProvider implements PasswordPolicyProvider {
    private final KeycloakSession session;
    private final TenantPolicies policies;

    TenantPolicyProvider(KeycloakSession session, TenantPolicies policies) {
        this.session = session;
        this.policies = policies;
    }

    @Override
    public @Nullable PolicyError validate(RealmModel realm, UserModel user, String password) {
        return error(policies.of(user), Candidate.of(user, password));
    }

    @Override
    public @Nullable PolicyError validate(@Nullable String username, String password) {
        return error(policies.ofRegistration(username), Candidate.registering(username, password));
    }

    private @Nullable PolicyError error(EffectiveRules rules, Candidate candidate) {
        List<Finding> findings = new PasswordRules(new KeycloakRuleEngine(session)).findings(rules, candidate);
        return findings.isEmpty() ? null : Speech.error(findings, candidate.user(), session);
    }

    @Override
    public @Nullable Object parseConfig(@Nullable String value) {
        return null;
    }

    @Override
    public void close() {
        // Nothing is held
    }
}
