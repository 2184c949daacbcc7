package io.tenantry.tenant;

import org.keycloak.models.OrganizationModel;

/**
 * A tenant that shares its realm with others.
 *
 * @param organization live, of the session that resolved it
 */
public record OrganizationTenant(OrganizationModel organization) implements Tenant {
    @Override
    public TenantId id() {
        return new TenantId(organization.getAlias());
    }

    @Override
    public String displayName() {
        return organization.getName();
    }

    @Override
    public boolean enabled() {
        return organization.isEnabled();
    }
}
