package io.tenantry.password;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The organization attributes that hold a tenant's password policy. */
final class TenantPolicyAttributes {
    /** The rules: one a value, or several in Keycloak's notation, {@code length(14) and digits(2)}. */
    static final String RULES = "password-policy";
    /** How many days a password that falls short may still be used, from the login that found it. */
    static final String GRACE_DAYS = "password-policy-grace-days";

    /** Both. */
    static final Set<String> ALL = Set.of(RULES, GRACE_DAYS);

    private TenantPolicyAttributes() {}

    /** A copy of an organization's attributes without these. */
    static <V> Map<String, V> without(Map<String, V> attributes) {
        Map<String, V> others = new LinkedHashMap<>(attributes);
        others.keySet().removeAll(ALL);
        return others;
    }
}
