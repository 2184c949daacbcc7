package io.tenantry.password;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.utils.Organizations;

/** The password policies of the tenants in the session's realm. In a dedicated realm the realm's own policy is all. */
final class TenantPolicies {
    /** The id of whom {@link #floor} is. */
    static final String OF_THE_REALM = "";

    private final KeycloakSession session;
    private final Tenants tenants;
    private final LenderPolicyReader reader;

    TenantPolicies(KeycloakSession session) {
        this.session = session;
        this.tenants = new Tenants(session);
        this.reader = new LenderPolicyReader(new KeycloakRuleEngine(session));
    }

    /** Whether a realm asks for its tenants' rules at all. */
    static boolean inForce(RealmModel realm) {
        return realm.getPasswordPolicy().getPolicies().contains(RuleIds.TENANT_POLICY);
    }

    /** What a user's tenants ask: those it belongs to, and the one it is about to join. */
    EffectiveRules of(UserModel user) {
        List<Tenant> memberships = tenants.ofMember(user).toList();
        Optional<Tenant> byEmail = memberships.isEmpty() ? tenants.ofEmail(user.getEmail()) : Optional.empty();
        return effective(Stream.of(memberships.stream(), tenants.current().stream(), byEmail.stream())
                .flatMap(found -> found)
                .filter(Tenant::enabled));
    }

    /**
     * What is asked of a password in use: what {@link #of} asks, and in a dedicated realm, where the lender's rules are
     * the realm's own, those.
     */
    EffectiveRules standing(UserModel user) {
        Optional<RealmTenant> dedicated = tenants.dedicated();
        return dedicated.isEmpty() ? of(user) : new EffectiveRules(List.of(of(dedicated.get())));
    }

    /** The realm's own rules, which hold for everybody, as if a lender without an id asked for them. */
    LenderPolicy floor() {
        RealmModel realm = session.getContext().getRealm();
        Lender asking = new Lender(OF_THE_REALM, new RealmTenant(realm).displayName(), List.of());
        return new LenderPolicy(asking, rules(realm), List.of(), 0);
    }

    /** What former passwords must be kept for: disabled tenants count, as they may come back. */
    EffectiveRules remembered(UserModel user) {
        return effective(tenants.ofMember(user));
    }

    /**
     * What is asked of somebody who registers.
     *
     * @param username as typed; an email address where the realm takes those for names
     */
    EffectiveRules ofRegistration(@Nullable String username) {
        return effective(Stream.of(
                        tenants.current(),
                        asked(),
                        tenants.ofEmail(username),
                        tenants.ofEmail(RegistrationForm.email(session)))
                .flatMap(Optional::stream)
                .filter(Tenant::enabled));
    }

    /** The tenant that somebody who has not signed in yet comes for, by the scope of the application's request. */
    private Optional<Tenant> asked() {
        return tenants.shared()
                ? Optional.ofNullable(Organizations.resolveOrganization(session))
                        .map(OrganizationTenant::new)
                : Optional.empty();
    }

    /** A tenant as plain values. */
    static Lender lender(Tenant tenant) {
        List<String> domains = tenant instanceof OrganizationTenant shared
                ? shared.organization()
                        .getDomains()
                        .map(domain -> domain.getName())
                        .sorted()
                        .toList()
                : List.of();
        return new Lender(tenant.id().value(), tenant.displayName(), domains);
    }

    /** What one tenant asks, be it enabled or not. */
    LenderPolicy of(OrganizationTenant tenant) {
        OrganizationModel organization = tenant.organization();
        Map<String, List<String>> attributes = organization.getAttributes();
        List<String> grace = attributes.getOrDefault(TenantPolicyAttributes.GRACE_DAYS, List.of());
        Lender lender = lender(tenant);
        LenderPolicy policy = reader.read(
                lender,
                attributes.getOrDefault(TenantPolicyAttributes.RULES, List.of()),
                grace.isEmpty() ? null : grace.get(0));
        BrokenPolicyLog.INSTANCE.report(session.getContext().getRealm().getName(), policy);
        return policy;
    }

    /** A dedicated realm's rules in its own policy, but for those that are not about passwords as such. */
    private LenderPolicy of(RealmTenant tenant) {
        RealmModel realm = tenant.realm();
        Lender lender = lender(tenant);
        String grace = realm.getAttribute(TenantPolicyAttributes.GRACE_DAYS);
        LenderPolicy policyOfGrace = reader.read(lender, List.of(), grace);
        BrokenPolicyLog.INSTANCE.report(realm.getName(), policyOfGrace);
        return new LenderPolicy(lender, rules(realm), policyOfGrace.broken(), policyOfGrace.graceDays());
    }

    private static List<UnderstoodRule> rules(RealmModel realm) {
        PasswordPolicy policy = realm.getPasswordPolicy();
        PasswordPolicy.Builder texts = policy.toBuilder();
        return policy.getPolicies().stream()
                .filter(id -> !RuleIds.REALM_ONLY.contains(id))
                .sorted()
                .map(id -> new UnderstoodRule(new PolicyRule(id, texts.get(id)), policy.getPolicyConfig(id)))
                .toList();
    }

    private EffectiveRules effective(Stream<Tenant> found) {
        Map<String, LenderPolicy> policies = new LinkedHashMap<>();
        found.forEach(tenant -> {
            if (tenant instanceof OrganizationTenant organization) {
                policies.computeIfAbsent(tenant.id().value(), id -> of(organization));
            }
        });
        policies.values().removeIf(LenderPolicy::isEmpty);
        return new EffectiveRules(List.copyOf(policies.values()));
    }
}
