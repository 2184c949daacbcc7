package io.tenantry.membership;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.cache.infinispan.organization.InfinispanOrganizationProviderFactory;
import org.keycloak.organization.OrganizationProvider;

/** Takes the place of stock's cached organizations: docs/decisions/0005-organizations.md says why. */
public final class TenantOrganizationProviderFactory extends InfinispanOrganizationProviderFactory {
    @Override
    public OrganizationProvider create(KeycloakSession session) {
        return new TenantOrganizationProvider(session);
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
