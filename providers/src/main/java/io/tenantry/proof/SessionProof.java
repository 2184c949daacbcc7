package io.tenantry.proof;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import java.util.Map;
import java.util.Set;

/**
 * How a user session was proven.
 *
 * @param trust for which tenants its proofs count together
 * @param providers the aliases of the identity providers that vouched, and still may
 * @param levels the levels of authentication that are still in force, and for which tenants each counts; none where the
 *     login flow counts none
 */
public record SessionProof(Trust trust, Set<String> providers, Map<Integer, Trust> levels) {
    public SessionProof {
        providers = Set.copyOf(providers);
        levels = Map.copyOf(levels);
    }

    /** The highest level that counts for this tenant, 0 if none does. */
    public int level(Tenant tenant) {
        return levels.entrySet().stream()
                .filter(reached -> covers(reached.getValue(), tenant))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    /** Whether those who vouched for the session may vouch for this tenant. */
    public boolean vouchesFor(Tenant tenant) {
        return covers(trust, tenant);
    }

    private static boolean covers(Trust trust, Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            return trust.covers(shared.organization().getId());
        }
        return tenant instanceof RealmTenant;
    }
}
