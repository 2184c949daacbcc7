package io.tenantry.password;

import java.util.Set;
import org.keycloak.models.PasswordPolicy;

/** The ids of policies that are treated in a way of their own; all others are only delegated to. */
final class RuleIds {
    static final String TENANT_POLICY = "tenantPolicy";
    static final String NOT_TENANT_NAME = "notTenantName";
    static final String MIN_STRENGTH = "minStrength";
    static final String NOT_BREACHED = "notBreached";

    static final String HISTORY = PasswordPolicy.PASSWORD_HISTORY_ID;
    static final String HISTORY_DAYS = PasswordPolicy.PASSWORD_AGE;
    static final String EXPIRY_DAYS = PasswordPolicy.FORCE_EXPIRED_ID;
    static final String MAX_AUTH_AGE = PasswordPolicy.MAX_AUTH_AGE_ID;

    /** These look at former passwords, so a password in use always breaks them. */
    static final Set<String> ABOUT_THE_PAST = Set.of(HISTORY, HISTORY_DAYS);

    /** These judge one password differently for each lender. */
    static final Set<String> ABOUT_THE_LENDER = Set.of(NOT_TENANT_NAME, MIN_STRENGTH);

    /** Keycloak applies these to a whole realm; the same id at a tenant would promise what nothing keeps. */
    static final Set<String> REALM_ONLY = Set.of(
            PasswordPolicy.HASH_ALGORITHM_ID,
            PasswordPolicy.HASH_ITERATIONS_ID,
            // Deprecated in Keycloak in favour of the required action's own setting, but still accepted by it
            "recoveryCodesWarningThreshold",
            TENANT_POLICY);

    private RuleIds() {}
}
