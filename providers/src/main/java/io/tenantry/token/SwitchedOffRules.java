package io.tenantry.token;

import io.tenantry.doctor.Finding;
import java.util.stream.Stream;

/** Decides whether a realm's tenants are out of reach altogether. */
final class SwitchedOffRules {
    private SwitchedOffRules() {}

    /**
     * Judges a realm.
     *
     * @param switchedOff whether it has organizations, and they are switched off
     */
    static Stream<Finding> check(boolean switchedOff) {
        return switchedOff
                ? Stream.of(Finding.error(
                        "organizations-switched-off",
                        "Nobody gets a token for a tenant, and those that were issued have ended: the realm has"
                                + " organizations, but they are switched off.",
                        "realm",
                        "Switch organizations on under Realm settings, General, or delete them if the realm is to be a"
                                + " tenant itself."))
                : Stream.empty();
    }
}
