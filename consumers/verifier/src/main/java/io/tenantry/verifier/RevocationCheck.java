package io.tenantry.verifier;

import io.tenantry.contract.RevocationKind;

/** Answers whether a token was revoked. Called on the request's thread: it answers from memory and never blocks. */
@FunctionalInterface
public interface RevocationCheck {
    /** The answer for a token that is otherwise good. */
    Answer check(TokenIdentity token);

    /** Revocations are not consulted: a token is then trusted until it expires, whatever happened to its user. */
    static RevocationCheck waived() {
        return token -> new Answer.Trusted();
    }

    /** What is known about a token. */
    sealed interface Answer {
        /** No revocation covers it. */
        record Trusted() implements Answer {}

        /**
         * A revocation covers it.
         *
         * @param by the kind of one that does
         */
        record Revoked(RevocationKind by) implements Answer {}

        /**
         * It cannot be said.
         *
         * @param detail why, for people and logs
         */
        record Unknown(String detail) implements Answer {}
    }
}
