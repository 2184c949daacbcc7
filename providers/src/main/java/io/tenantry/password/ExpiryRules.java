package io.tenantry.password;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether a password has outlived what its owner's tenants allow, as Keycloak decides it for a realm. */
final class ExpiryRules {
    private ExpiryRules() {}

    /**
     * Decides.
     *
     * @param created null for a password of unknown age, which counts as expired
     */
    static boolean expired(@Nullable Instant created, int days, Instant now) {
        return created == null || now.isAfter(created.plus(Duration.ofDays(days)));
    }
}
