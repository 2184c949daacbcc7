package io.tenantry.verifier;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies the access tokens of one realm, in this process. A rejection is a value; an exception means a defect.
 *
 * <pre>{@code
 * try (RevocationReplica replica = RevocationReplica.start(ReplicaSettings.forRealm(redisUri, "lending").build());
 *         TenantTokenVerifier verifier = TenantTokenVerifier.of(
 *                 VerifierSettings.forIssuer(issuer).audience("lending-api").build(), replica)) {
 *     verifier.verify(token).fold(accepted -> …, rejected -> …);
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. It answers from memory: keys are refreshed in the background. Only while no keys are
 * there do tokens wait for a fetch, and one at a time of those that name an unknown key, within {@link KeySettings}'s
 * timeouts and rate limit.
 */
public final class TenantTokenVerifier implements AutoCloseable {
    private final int maxTokenLength;
    private final TokenKeys keys;
    private final TokenRules rules;
    private final RevocationCheck revocations;
    private final Clock clock;

    TenantTokenVerifier(VerifierSettings settings, TokenKeys keys, RevocationCheck revocations, Clock clock) {
        revocations.realm().ifPresent(settings::requireRealm);
        this.maxTokenLength = settings.maxTokenLength();
        this.keys = keys;
        this.rules = new TokenRules(settings);
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * A verifier by the system's clock.
     *
     * @param revocations a replica of the issuer's realm, or {@link RevocationCheck#waived()}
     * @throws IllegalArgumentException if the replica is another realm's
     */
    public static TenantTokenVerifier of(VerifierSettings settings, RevocationCheck revocations) {
        return of(settings, revocations, Clock.systemUTC());
    }

    /**
     * A verifier by this clock.
     *
     * @throws IllegalArgumentException if the replica is another realm's
     */
    public static TenantTokenVerifier of(VerifierSettings settings, RevocationCheck revocations, Clock clock) {
        return new TenantTokenVerifier(
                settings, TokenKeys.fetching(settings.keys(), settings.algorithms()), revocations, clock);
    }

    /**
     * Whether this token can be trusted now.
     *
     * @param token the compact JWT as it came, without {@code Bearer}
     */
    public Verification verify(String token) {
        if (token.length() > maxTokenLength) {
            return malformed("it is longer than " + maxTokenLength + " characters");
        }
        if (!isCompactJws(token)) {
            return malformed("it is not a signed JWT in compact form");
        }
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(token);
        } catch (ParseException e) {
            return malformed("its header cannot be read as that of a signed JWT");
        }
        Optional<Verification.Rejected> forged = keys.check(jwt);
        if (forged.isPresent()) {
            return forged.get();
        }
        // The JOSE library would also read an array of pairs as an object
        boolean object = jwt.getPayload().toString().startsWith("{");
        Map<String, Object> json = object ? jwt.getPayload().toJSONObject() : null;
        if (json == null) {
            return malformed("its payload is not a JSON object with distinct names");
        }
        return rules.decide(json, clock.instant()).fold(this::refuseRevoked, rejected -> rejected);
    }

    /** Stops refreshing the keys; the revocation check is its owner's to close. */
    @Override
    public void close() {
        keys.close();
    }

    private Verification refuseRevoked(Verification.Accepted accepted) {
        VerifiedToken token = accepted.token();
        RevocationCheck.Answer answer = revocations.check(TokenIdentity.of(
                token.issuedAt(),
                token.tokenId(),
                token.sessionId().orElse(null),
                token.subject().orElse(null),
                token.tenantId().orElse(null),
                token.clientId()));
        return answer.fold(
                trusted -> accepted,
                revoked -> new Verification.Rejected(
                        Rejection.REVOKED, "it was revoked by " + revoked.by().wireName(), Optional.of(revoked.by())),
                unknown -> Verification.Rejected.of(Rejection.STALE, unknown.detail()));
    }

    /** Three parts of base64url and nothing else: the JOSE library would skip foreign characters silently. */
    private static boolean isCompactJws(String token) {
        int dots = 0;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '.') {
                dots++;
            } else if (!((c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_')) {
                return false;
            }
        }
        return dots == 2;
    }

    private static Verification malformed(String detail) {
        return Verification.Rejected.of(Rejection.MALFORMED, detail);
    }
}
