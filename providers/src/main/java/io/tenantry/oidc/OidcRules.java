package io.tenantry.oidc;

import io.tenantry.brokering.Outcome;
import io.tenantry.brokering.Rule;
import io.tenantry.brokering.Vouching;
import io.tenantry.brokering.VouchingRules;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Decides whether an OpenID provider's answer lets anybody in. */
final class OidcRules {
    private final OidcRuleSettings settings;
    private final Clock clock;

    OidcRules(OidcRuleSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Checks an answer.
     *
     * @param unverified asserted addresses that the provider does not say, or denies, to have verified
     */
    Outcome check(Vouching vouching, Set<String> unverified, Duration skew) {
        return new VouchingRules(settings.vouching(), clock)
                .check(vouching, skew)
                .and(() -> Outcome.require(
                        unverified.isEmpty() || !settings.emailVerifiedRequired(), Rule.EMAIL_VERIFIED));
    }
}
