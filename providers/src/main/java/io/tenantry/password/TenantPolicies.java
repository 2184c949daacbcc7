package io.tenantry.password;

import io.tenantry.tenant.OrganizationTenant;
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
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The password policies of the tenants in the session's realm. In a dedicated realm the realm's own policy is all. */
final class TenantPolicies {
    private final KeycloakSession session;
    private final Tenants tenants;
    private final LenderPolicyReader reader;
    private final BrokenPolicyLog log;

    TenantPolicies(KeycloakSession session, BrokenPolicyLog log) {
        this.session = session;
        this.tenants = new Tenants(session);
        this.reader = new LenderPolicyReader(new KeycloakRuleEngine(session));
        this.log = log;
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
                .flatMap(found -> found));
    }

    /**
     * What is asked of somebody who registers.
     *
     * @param username as typed; an email address where the realm takes those for names
     */
    EffectiveRules ofRegistration(@Nullable String username) {
        return effective(Stream.of(
                        tenants.current(), tenants.ofEmail(username), tenants.ofEmail(RegistrationForm.email(session)))
                .flatMap(Optional::stream));
    }

    /** What one tenant asks, be it enabled or not. */
    LenderPolicy of(OrganizationTenant tenant) {
        OrganizationModel organization = tenant.organization();
        Map<String, List<String>> attributes = organization.getAttributes();
        List<String> grace = attributes.getOrDefault(TenantPolicyAttributes.GRACE_DAYS, List.of());
        Lender lender = new Lender(
                tenant.id().value(),
                tenant.displayName(),
                organization.getDomains().map(domain -> domain.getName()).toList());
        LenderPolicy policy = reader.read(
                lender,
                attributes.getOrDefault(TenantPolicyAttributes.RULES, List.of()),
                grace.isEmpty() ? null : grace.get(0));
        log.report(session.getContext().getRealm().getName(), policy);
        return policy;
    }

    private EffectiveRules effective(Stream<Tenant> found) {
        Map<String, LenderPolicy> policies = new LinkedHashMap<>();
        found.filter(Tenant::enabled).forEach(tenant -> {
            if (tenant instanceof OrganizationTenant organization) {
                policies.computeIfAbsent(tenant.id().value(), id -> of(organization));
            }
        });
        policies.values().removeIf(LenderPolicy::isEmpty);
        return new EffectiveRules(List.copyOf(policies.values()));
    }
}
