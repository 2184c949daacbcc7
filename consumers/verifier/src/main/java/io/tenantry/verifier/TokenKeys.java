package io.tenantry.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a realm signed a token: its published keys, and the algorithms that are allowed. */
final class TokenKeys implements AutoCloseable {
    private static final int MAX_KEY_ID_LENGTH = 256;

    private final KeyLookup lookup;
    private final Set<JWSAlgorithm> algorithms;

    TokenKeys(KeyLookup lookup, Set<SignatureAlgorithm> algorithms) {
        this.lookup = lookup;
        this.algorithms = algorithms.stream().map(SignatureAlgorithm::jose).collect(Collectors.toUnmodifiableSet());
    }

    static TokenKeys fetching(KeySettings settings, Set<SignatureAlgorithm> algorithms) {
        return new TokenKeys(new PublishedKeys(settings, KeySetSource.over(settings), System::nanoTime), algorithms);
    }

    /** Why the signature cannot be trusted, or nothing if it can. */
    Optional<Verification.Rejected> check(SignedJWT token) {
        JWSHeader header = token.getHeader();
        if (!algorithms.contains(header.getAlgorithm())) {
            return rejected("its algorithm is not among the allowed " + algorithms);
        }
        String keyId = header.getKeyID();
        if (keyId == null || keyId.isEmpty() || keyId.length() > MAX_KEY_ID_LENGTH) {
            return rejected("its header names no key id of 1 to " + MAX_KEY_ID_LENGTH + " characters");
        }
        List<JWK> keys;
        try {
            keys = lookup.matching(JWKMatcher.forJWSHeader(header));
        } catch (KeyLookup.UnavailableException e) {
            return Optional.of(Verification.Rejected.of(Rejection.KEYS_UNAVAILABLE, e.detail()));
        }
        for (JWK key : keys) {
            if (isSignedWith(key, token)) {
                return Optional.empty();
            }
        }
        return rejected(
                keys.isEmpty()
                        ? "the realm does not publish the key that it names"
                        : "its signature does not match the realm's key");
    }

    @Override
    public void close() {
        lookup.close();
    }

    private static boolean isSignedWith(JWK key, SignedJWT token) {
        try {
            JWSVerifier verifier;
            if (key instanceof RSAKey rsa) {
                verifier = new RSASSAVerifier(rsa);
            } else if (key instanceof ECKey ec) {
                verifier = new ECDSAVerifier(ec);
            } else {
                return false;
            }
            return token.verify(verifier);
        } catch (JOSEException e) {
            // The key does not fit the algorithm, as P-384 does not fit ES256
            return false;
        }
    }

    private static Optional<Verification.Rejected> rejected(String detail) {
        return Optional.of(Verification.Rejected.of(Rejection.SIGNATURE, detail));
    }
}
