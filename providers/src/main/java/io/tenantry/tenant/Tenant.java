package io.tenantry.tenant;

/** A lender. */
public sealed interface Tenant permits OrganizationTenant, RealmTenant {
    TenantId id();

    /** The name that people read; never empty. */
    String displayName();

    /** Whether tokens may be issued for it. */
    boolean enabled();
}
