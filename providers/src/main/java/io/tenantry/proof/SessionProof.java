package io.tenantry.proof;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import java.util.Optional;
import java.util.Set;

/** How a session was proven. */
public record SessionProof(
        boolean unrestricted, Set<String> organizationIds, Optional<String> identityProvider, int level) {
    public SessionProof {
        organizationIds = Set.copyOf(organizationIds);
    }

    /** Whether who vouched for the session may vouch for a tenant's people. */
    public boolean vouchesFor(Tenant tenant) {
        return unrestricted
                || tenant instanceof RealmTenant
                || (tenant instanceof OrganizationTenant shared
                        && organizationIds.contains(shared.organization().getId()));
    }
}
