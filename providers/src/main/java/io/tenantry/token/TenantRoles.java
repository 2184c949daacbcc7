package io.tenantry.token;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.organization.OrganizationProvider;

/**
 * The roles that a user has in a tenant, composites expanded: those of the organization's groups that the user is in,
 * and of their parents, as Keycloak's other groups pass theirs on; in a dedicated realm all that the user has.
 */
final class TenantRoles {
    private final KeycloakSession session;

    TenantRoles(KeycloakSession session) {
        this.session = session;
    }

    Stream<HeldRole> of(UserModel user, Tenant tenant) {
        Set<RoleModel> roles;
        if (tenant instanceof OrganizationTenant shared) {
            roles = ofGroups(session.getProvider(OrganizationProvider.class)
                    .getOrganizationGroupsByMember(shared.organization(), user));
        } else if (tenant instanceof RealmTenant) {
            roles = RoleUtils.getDeepUserRoleMappings(user);
        } else {
            throw new IllegalStateException("a tenant is an organization or a realm");
        }
        return roles.stream().map(TenantRoles::held);
    }

    private static Set<RoleModel> ofGroups(Stream<GroupModel> groups) {
        Set<RoleModel> mapped = new HashSet<>();
        groups.forEach(group -> {
            for (@Nullable GroupModel g = group; g != null; g = g.getParent()) {
                g.getRoleMappingsStream().forEach(mapped::add);
            }
        });
        return mapped.isEmpty() ? mapped : RoleUtils.expandCompositeRoles(mapped);
    }

    private static HeldRole held(RoleModel role) {
        return new HeldRole(
                role.getName(), role.getContainer() instanceof ClientModel client ? client.getClientId() : null);
    }
}
