package io.tenantry.proof;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a user session was proven.
 *
 * @param trust for which tenants the proof counts
 * @param provider the alias of the identity provider that vouched in the sign-in that proved it; null for none
 * @param level the highest level of authentication that is still in force, 0 where the login flow counts none
 */
public record SessionProof(Trust trust, @Nullable String provider, int level) {
    /** Whether the one who vouched for the session may vouch for this tenant. */
    public boolean vouchesFor(Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            return trust.covers(shared.organization().getId());
        }
        return tenant instanceof RealmTenant;
    }

    /** The alias of the identity provider that vouched in the sign-in that proved it; empty if none did. */
    public Optional<String> identityProvider() {
        return Optional.ofNullable(provider);
    }
}
