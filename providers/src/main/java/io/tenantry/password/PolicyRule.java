package io.tenantry.password;

import org.jspecify.annotations.Nullable;

/**
 * One rule as an admin writes it, {@code length(14)} or {@code notEmail}.
 *
 * @param id the id of one of Keycloak's password policy providers
 * @param config what stands between the parentheses, null where there are none
 */
record PolicyRule(String id, @Nullable String config) {
    /** As written, in Keycloak's own notation. */
    String text() {
        return config == null ? id : id + "(" + config + ")";
    }
}
