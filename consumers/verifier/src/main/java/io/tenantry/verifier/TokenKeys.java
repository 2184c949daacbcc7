package io.tenantry.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.SignedJWT;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a realm signed a token: its published keys, and the algorithms that are allowed. */
final class TokenKeys implements AutoCloseable {
    private static final int MAX_KEY_ID_LENGTH = 256;
    private static final long REFRESH_AHEAD_MILLIS = 30_000;
    /** What waits for a fetch that another thread makes, on top of the fetch itself. */
    private static final long LOCK_MARGIN_MILLIS = 1_000;

    private final JWKSource<SecurityContext> source;
    private final Set<JWSAlgorithm> algorithms;
    private volatile boolean loaded;

    TokenKeys(JWKSource<SecurityContext> source, Set<SignatureAlgorithm> algorithms) {
        this.source = source;
        this.algorithms = algorithms.stream().map(SignatureAlgorithm::jose).collect(Collectors.toUnmodifiableSet());
    }

    static TokenKeys fetching(KeySettings settings, Set<SignatureAlgorithm> algorithms) {
        int connect = Math.toIntExact(settings.connectTimeout().toMillis());
        int read = Math.toIntExact(settings.readTimeout().toMillis());
        try {
            JWKSource<SecurityContext> source = JWKSourceBuilder.<SecurityContext>create(
                            settings.jwksUri().toURL(),
                            new DefaultResourceRetriever(connect, read, settings.maxBytes()))
                    .cache(settings.timeToLive().toMillis(), connect + read + LOCK_MARGIN_MILLIS)
                    .refreshAheadCache(REFRESH_AHEAD_MILLIS, true)
                    .rateLimited(settings.minRefreshInterval().toMillis())
                    .outageTolerant(settings.outageTolerance().toMillis())
                    .build();
            return new TokenKeys(source, algorithms);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("jwksUri cannot be fetched from", e);
        }
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
            keys = source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
            loaded = true;
        } catch (KeySourceException e) {
            // Once keys were had, a key id that is not among them must not turn into "try again later": anyone can
            // invent one, and fetching for each is what the rate limit prevents
            return loaded
                    ? rejected("the realm is not known to publish the key that it names")
                    : Optional.of(Verification.Rejected.of(
                            Rejection.KEYS_UNAVAILABLE, "the realm's keys could not be fetched"));
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
        if (source instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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
