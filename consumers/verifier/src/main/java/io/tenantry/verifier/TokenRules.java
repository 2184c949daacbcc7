package io.tenantry.verifier;

import io.tenantry.verifier.TokenClaims.MalformedClaimException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides whether the claims of a rightly signed token are acceptable at a moment. */
final class TokenRules {
    private final VerifierSettings settings;
    private final String issuer;

    TokenRules(VerifierSettings settings) {
        this.settings = settings;
        this.issuer = settings.issuer().toString();
    }

    Verification decide(Map<String, Object> json, Instant now) {
        TokenClaims claims = new TokenClaims(json);
        try {
            Optional<Verification.Rejected> refusal = refusePurpose(claims);
            if (refusal.isEmpty()) {
                refusal = refuseTimes(claims, now);
            }
            return refusal.isPresent() ? refusal.get() : read(claims);
        } catch (MalformedClaimException e) {
            return Verification.Rejected.of(Rejection.MALFORMED, e.detail());
        }
    }

    private Optional<Verification.Rejected> refusePurpose(TokenClaims claims) throws MalformedClaimException {
        if (!issuer.equals(claims.string("iss"))) {
            return rejected(Rejection.ISSUER, "it is not issued by " + issuer);
        }
        if (!settings.tokenType().equals(claims.string("typ"))) {
            return rejected(Rejection.WRONG_TYPE, "its claim typ is not '" + settings.tokenType() + "'");
        }
        if (claims.has("cnf")) {
            return rejected(
                    Rejection.WRONG_TYPE,
                    "it is bound to its holder's key (claim cnf), whose proof is not checked here");
        }
        if (!settings.audience().admits(claims.stringOrStrings("aud"))) {
            return rejected(Rejection.AUDIENCE, "it is not meant for " + settings.audience());
        }
        return Optional.empty();
    }

    private Optional<Verification.Rejected> refuseTimes(TokenClaims claims, Instant now)
            throws MalformedClaimException {
        Instant latestStart = now.plus(settings.clockSkew());
        if (!now.minus(settings.clockSkew()).isBefore(claims.requiredMoment("exp"))) {
            return rejected(Rejection.EXPIRED, "it has expired");
        }
        // A token from the future would slip under every cutoff
        if (claims.requiredMoment("iat").isAfter(latestStart)) {
            return rejected(Rejection.NOT_YET_VALID, "it is issued in the future; compare the clocks");
        }
        Instant notBefore = claims.moment("nbf");
        if (notBefore != null && notBefore.isAfter(latestStart)) {
            return rejected(Rejection.NOT_YET_VALID, "it is not valid yet");
        }
        return Optional.empty();
    }

    private Verification read(TokenClaims claims) throws MalformedClaimException {
        @Nullable String tenantId = claims.id(settings.tenantClaim());
        List<String> roles = claims.strings(settings.rolesClaim());
        if (tenantId == null && settings.tenantRequired()) {
            return Verification.Rejected.of(
                    Rejection.TENANT_MISSING, "it carries no tenant in the claim " + settings.tenantClaim());
        }
        if (tenantId == null && !roles.isEmpty()) {
            throw new MalformedClaimException(settings.rolesClaim(), "names roles without a tenant");
        }
        return new Verification.Accepted(new VerifiedToken(
                claims.requiredId("jti"),
                claims.requiredId("azp"),
                Optional.ofNullable(claims.id("sub")),
                Optional.ofNullable(claims.id("sid")),
                Optional.ofNullable(tenantId),
                roles,
                scopes(claims.string("scope")),
                claims.requiredMoment("iat"),
                claims.requiredMoment("exp"),
                claims.json()));
    }

    private static List<String> scopes(@Nullable String scope) {
        return scope == null
                ? List.of()
                : Stream.of(scope.split(" ", -1)).filter(s -> !s.isEmpty()).toList();
    }

    private static Optional<Verification.Rejected> rejected(Rejection reason, String detail) {
        return Optional.of(Verification.Rejected.of(reason, detail));
    }
}
