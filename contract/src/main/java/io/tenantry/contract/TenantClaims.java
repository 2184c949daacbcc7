package io.tenantry.contract;

/** The default names of the claims that a tenant's token carries. */
public final class TenantClaims {
    /** The active tenant's id: a string. */
    public static final String TENANT_ID = "tenant_id";

    /** The roles held in that tenant: a sorted array of distinct strings, present whenever the tenant is. */
    public static final String TENANT_ROLES = "tenant_roles";

    private TenantClaims() {}
}
