package io.tenantry.password;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PasswordPolicyManagerProvider;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/** Tells all that is wrong with a password, the realm's rules and the tenants' together, where stock tells the first. */
final class TenantPasswordPolicyManager implements PasswordPolicyManagerProvider {
    private final KeycloakSession session;
    private final PasswordPolicyManagerProvider stock;
    private final TenantPolicies policies;

    TenantPasswordPolicyManager(KeycloakSession session, PasswordPolicyManagerProvider stock, TenantPolicies policies) {
        this.session = session;
        this.stock = stock;
        this.policies = policies;
    }

    @Override
    public @Nullable PolicyError validate(RealmModel realm, UserModel user, String password) {
        return TenantPolicies.inForce(realm)
                ? error(findings(realm, policies.of(user), Candidate.of(user, password)), user)
                : stock.validate(realm, user, password);
    }

    @Override
    public @Nullable PolicyError validate(@Nullable String username, String password) {
        RealmModel realm = session.getContext().getRealm();
        return TenantPolicies.inForce(realm)
                ? error(
                        findings(realm, policies.ofRegistration(username), Candidate.registering(username, password)),
                        null)
                : stock.validate(username, password);
    }

    /** All that the realm and the tenants find. */
    List<Finding> findings(RealmModel realm, EffectiveRules tenants, Candidate candidate) {
        List<Finding> findings = new ArrayList<>();
        // Sorted, so that a password is always refused in the same words
        for (String id :
                realm.getPasswordPolicy().getPolicies().stream().sorted().toList()) {
            if (!id.equals(RuleIds.TENANT_POLICY)) {
                PasswordPolicyProvider provider = session.getProvider(PasswordPolicyProvider.class, id);
                PolicyError error = candidate.user() == null
                        ? provider.validate(candidate.username(), candidate.password())
                        : provider.validate(realm, candidate.user(), candidate.password());
                if (error != null) {
                    findings.add(new Finding.RealmViolation(error));
                }
            }
        }
        findings.addAll(new PasswordRules(new KeycloakRuleEngine(session))
                .findings(tenants.beyond(realm.getPasswordPolicy().getExpiredPasswords()), candidate));
        return findings;
    }

    private @Nullable PolicyError error(List<Finding> findings, @Nullable UserModel user) {
        return findings.isEmpty() ? null : Speech.error(findings, user, session);
    }

    @Override
    public void close() {
        stock.close();
    }
}
