package io.tenantry.brokering;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.OrganizationDomainModel;

/**
 * The tenant whose people an identity provider vouches for, as the rules see it.
 *
 * @param domains the tenant's own email domains, {@code *.x} for x and everything below; none in a realm of its own
 */
public record BoundTenant(TenantId id, boolean enabled, Set<String> domains) {
    /** Copies the domains. */
    public BoundTenant {
        domains = Set.copyOf(domains);
    }

    /** What the rules need to know of a tenant. */
    public static BoundTenant of(Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            Set<String> domains = shared.organization()
                    .getDomains()
                    .map(OrganizationDomainModel::getName)
                    .collect(Collectors.toUnmodifiableSet());
            return new BoundTenant(tenant.id(), tenant.enabled(), domains);
        }
        return new BoundTenant(tenant.id(), tenant.enabled(), Set.of());
    }
}
