package io.tenantry.password;

import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Members of tenants, and which tenants each belongs to; not all of them, as each costs questions to the database. */
final class MembersInCommon {
    /** How many are looked at, all tenants together. */
    static final int MOST = 2_000;

    private final OrganizationProvider organizations;
    private final Tenants tenants;
    private int left = MOST;

    MembersInCommon(KeycloakSession session) {
        this.organizations = session.getProvider(OrganizationProvider.class);
        this.tenants = new Tenants(session);
    }

    Stream<ContradictionRules.Member> of(String tenantId) {
        OrganizationModel organization = organizations.getByAlias(tenantId);
        if (organization == null || left <= 0) {
            return Stream.empty();
        }
        return organizations
                .getMembersStream(organization, Map.of(), false, 0, left)
                .peek(looked -> left--)
                .map(this::member);
    }

    private ContradictionRules.Member member(UserModel user) {
        return new ContradictionRules.Member(
                user.getId(),
                tenants.ofMember(user)
                        .filter(Tenant::enabled)
                        .map(Tenant::id)
                        .map(TenantId::value)
                        .collect(Collectors.toSet()));
    }
}
