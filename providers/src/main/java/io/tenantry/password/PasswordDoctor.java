package io.tenantry.password;

import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Looks at the tenants' password rules: whether they are in force, can be used, and can be obeyed. */
public final class PasswordDoctor implements DoctorCheck {
    /** How many members of a tenant are looked at to find one that another tenant has too. */
    private static final int MEMBERS_SEEN = 1_000;

    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        if (!new Tenants(session).shared()) {
            return Stream.empty();
        }
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        if (!TenantPolicies.inForce(realm)) {
            return PasswordSetupRules.notInForce(organizations
                    .getAllStream()
                    .filter(tenant -> tenant.getAttributes().containsKey(TenantPolicyAttributes.RULES))
                    .map(tenant -> tenant.getAlias())
                    .sorted()
                    .toList());
        }
        PasswordPolicyAdmin policies = new PasswordPolicyAdmin(session);
        List<LenderPolicy> tenants = policies.tenantPolicies();
        Members members = new Members(session, organizations);
        return Stream.concat(
                tenants.stream().flatMap(PasswordSetupRules::broken),
                policies.found(tenants).stream()
                        .flatMap(found -> PasswordSetupRules.contradiction(found, members::inCommon)));
    }

    /** Who belongs to whom; asked only about tenants that contradict each other. */
    private static final class Members {
        private final Tenants tenants;
        private final OrganizationProvider organizations;
        private final Map<String, Set<String>> ids = new HashMap<>();

        Members(KeycloakSession session, OrganizationProvider organizations) {
            this.tenants = new Tenants(session);
            this.organizations = organizations;
        }

        boolean inCommon(String tenant, String other) {
            return of(tenant).stream().anyMatch(of(other)::contains);
        }

        private Set<String> of(String tenant) {
            return ids.computeIfAbsent(
                    tenant, alias -> members(tenants.byId(new TenantId(alias)).orElse(null)));
        }

        private Set<String> members(@Nullable Tenant tenant) {
            return tenant instanceof OrganizationTenant shared
                    ? organizations
                            .getMembersStream(shared.organization(), Map.of(), null, 0, MEMBERS_SEEN)
                            .map(UserModel::getId)
                            .collect(Collectors.toUnmodifiableSet())
                    : Set.of();
        }
    }
}
