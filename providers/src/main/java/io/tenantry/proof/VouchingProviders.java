package io.tenantry.proof;

import io.tenantry.tenant.Tenants;
import java.util.Set;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** For which tenants the realm's identity providers vouch, now. */
final class VouchingProviders {
    private final KeycloakSession session;

    VouchingProviders(KeycloakSession session) {
        this.session = session;
    }

    /** For the tenant that it is linked to; for all where it is the whole realm's; for none if there is no such one. */
    Trust of(String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider == null ? Trust.nowhere() : of(provider);
    }

    Trust of(IdentityProviderModel provider) {
        String organizationId = provider.getOrganizationId();
        if (organizationId == null) {
            return Trust.anywhere();
        }
        return new Tenants(session).byOrganizationId(organizationId).isPresent()
                ? new Trust.Within(Set.of(organizationId))
                : Trust.nowhere();
    }

    /**
     * What is left of what a provider once vouched for: nothing if it is gone, disabled or no longer linked, and never
     * more than then.
     */
    Trust still(Trust then, String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        if (provider == null || !provider.isEnabled()) {
            return Trust.nowhere();
        }
        boolean unlinked = provider.getOrganizationId() == null && !then.equals(Trust.anywhere());
        return unlinked ? Trust.nowhere() : then.and(of(provider));
    }
}
