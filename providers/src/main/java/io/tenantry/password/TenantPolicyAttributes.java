package io.tenantry.password;

/** The organization attributes that hold a tenant's password policy. */
final class TenantPolicyAttributes {
    /** The rules: one a value, or several in Keycloak's notation, {@code length(14) and digits(2)}. */
    static final String RULES = "password-policy";
    /** How many days a password that falls short may still be used, from the login that found it. */
    static final String GRACE_DAYS = "password-policy-grace-days";
    /** What all of them start with. */
    static final String PREFIX = RULES;

    private TenantPolicyAttributes() {}
}
