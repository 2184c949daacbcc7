package io.tenantry.saml;

import io.tenantry.brokering.Outcome;
import io.tenantry.brokering.Rule;
import io.tenantry.brokering.VouchingRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Decides whether a SAML login response lets anybody in. */
final class SamlRules {
    /** The longest that an assertion is remembered. One that lives longer could be used again after that. */
    static final Duration LONGEST_LIFE = Duration.ofHours(24);

    private final SamlRuleSettings settings;
    private final Clock clock;
    private final OnceOnly assertions;

    SamlRules(SamlRuleSettings settings, Clock clock, OnceOnly assertions) {
        this.settings = settings;
        this.clock = clock;
        this.assertions = assertions;
    }

    /** Checks a response. An accepted one is used up. */
    Outcome check(SamlEvidence response) {
        return Outcome.require(response.proof().visible() || !signaturesAskedFor(), Rule.BINDING)
                .and(() -> Outcome.require(response.proof().wellStructured(), Rule.STRUCTURE))
                .and(() -> signatures(response.proof()))
                .and(() -> origin(response.origin()))
                .and(() -> bounds(response.bounds()))
                .and(() -> Outcome.require(formatAllowed(response), Rule.NAME_ID_FORMAT))
                .and(() -> new VouchingRules(settings.vouching(), clock).check(response.vouching(), response.skew()))
                // Last, so that what another rule rejects can be presented again once an admin has mended the rule
                .and(() -> Outcome.require(!settings.assertionOnce() || firstUse(response), Rule.REPLAY));
    }

    private boolean signaturesAskedFor() {
        return settings.assertionSigned()
                || settings.responseSigned()
                || !settings.pins().isEmpty();
    }

    private Outcome signatures(SamlEvidence.Proof proof) {
        return Outcome.require(proof.assertion() || !settings.assertionSigned(), Rule.ASSERTION_SIGNATURE)
                .and(() -> Outcome.require(proof.response() || !settings.responseSigned(), Rule.RESPONSE_SIGNATURE))
                .and(() -> Outcome.require(
                        settings.pins().isEmpty() || proof.assertion() || proof.response(), Rule.ASSERTION_SIGNATURE));
    }

    private Outcome origin(SamlEvidence.Origin origin) {
        boolean allowed = switch (origin) {
            case REQUESTED -> true;
            case UNSOLICITED -> settings.idpInitiatedAllowed();
            case STRAY_ANSWER -> false;
        };
        return Outcome.require(allowed, Rule.IDP_INITIATED);
    }

    private Outcome bounds(SamlEvidence.Bounds bounds) {
        boolean bounded = bounds.time() && bounds.audience() && bounds.bearer();
        return Outcome.require(bounded || !settings.conditionsRequired(), Rule.CONDITIONS);
    }

    private boolean formatAllowed(SamlEvidence response) {
        return settings.nameIdFormats().isEmpty()
                || (response.nameIdFormat() != null && settings.nameIdFormats().contains(response.nameIdFormat()));
    }

    private boolean firstUse(SamlEvidence response) {
        if (response.expiresAt() == null) {
            return false;
        }
        Instant end = response.expiresAt().plus(response.skew());
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(LONGEST_LIFE) <= 0
                && assertions.use(response.assertionId(), left.isNegative() ? Duration.ZERO : left);
    }
}
