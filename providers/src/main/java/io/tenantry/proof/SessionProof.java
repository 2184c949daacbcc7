package io.tenantry.proof;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import java.util.Set;

/**
 * How a user session was proven.
 *
 * @param trust for which tenants its proofs count together
 * @param providers the aliases of the identity providers that vouched, and still may
 * @param level the highest level of authentication that is still in force, 0 where the login flow counts none
 */
public record SessionProof(Trust trust, Set<String> providers, int level) {
    public SessionProof {
        providers = Set.copyOf(providers);
    }

    /** Whether those who vouched for the session may vouch for this tenant. */
    public boolean vouchesFor(Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            return trust.covers(shared.organization().getId());
        }
        return tenant instanceof RealmTenant;
    }
}
