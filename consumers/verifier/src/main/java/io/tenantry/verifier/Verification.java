package io.tenantry.verifier;

import io.tenantry.contract.RevocationKind;
import java.util.Optional;
import java.util.function.Function;

/** The outcome of {@link TenantTokenVerifier#verify}. */
public sealed interface Verification {
    /** What the one function makes of it that takes its kind. */
    <T> T fold(Function<Accepted, T> accepted, Function<Rejected, T> rejected);

    /**
     * The token can be trusted now.
     *
     * @param token what it says
     */
    record Accepted(VerifiedToken token) implements Verification {
        @Override
        public <T> T fold(Function<Accepted, T> accepted, Function<Rejected, T> rejected) {
            return accepted.apply(this);
        }
    }

    /**
     * The token must not be trusted.
     *
     * @param reason why
     * @param detail for people and logs: names settings and claims, never holds anything from the token
     * @param revokedBy the kind of revocation, exactly when the reason is {@link Rejection#REVOKED}
     */
    record Rejected(Rejection reason, String detail, Optional<RevocationKind> revokedBy) implements Verification {
        /**
         * Checks that the kind is there when and only when it must be.
         *
         * @throws IllegalArgumentException otherwise
         */
        public Rejected {
            if (revokedBy.isPresent() != (reason == Rejection.REVOKED)) {
                throw new IllegalArgumentException("revokedBy belongs to REVOKED, and REVOKED needs it");
            }
        }

        @Override
        public <T> T fold(Function<Accepted, T> accepted, Function<Rejected, T> rejected) {
            return rejected.apply(this);
        }

        static Rejected of(Rejection reason, String detail) {
            return new Rejected(reason, detail, Optional.empty());
        }
    }
}
