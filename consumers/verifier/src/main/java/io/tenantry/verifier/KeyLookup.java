package io.tenantry.verifier;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import java.util.List;

/** A realm's public keys. */
@FunctionalInterface
interface KeyLookup extends AutoCloseable {
    /**
     * The keys that match; none if the realm does not publish such a key.
     *
     * @throws UnavailableException if that cannot be said
     */
    List<JWK> matching(JWKMatcher matcher) throws UnavailableException;

    @Override
    default void close() {}

    /** No keys are there that may be trusted, or it is not known at the moment whether the realm has another. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String detail;

        UnavailableException(String detail) {
            super(detail, null, false, false);
            this.detail = detail;
        }

        String detail() {
            return detail;
        }
    }
}
