package io.tenantry.verifier;

import io.tenantry.contract.RevocationKind;
import java.util.Optional;
import java.util.function.Function;

/** Answers whether a token was revoked. Called on the request's thread: it answers from memory and never blocks. */
@FunctionalInterface
public interface RevocationCheck {
    /** The answer for a token that is otherwise good. */
    Answer check(TokenIdentity token);

    /** The realm whose revocations it knows, where it is bound to one. */
    default Optional<String> realm() {
        return Optional.empty();
    }

    /** Revocations are not consulted: a token is then trusted until it expires, whatever happened to its user. */
    static RevocationCheck waived() {
        return token -> new Answer.Trusted();
    }

    /** What is known about a token. */
    sealed interface Answer {
        /** What the one function makes of it that takes its kind. A kind that is added here has to be taken everywhere. */
        <T> T fold(Function<Trusted, T> trusted, Function<Revoked, T> revoked, Function<Unknown, T> unknown);

        /** No revocation covers it. */
        record Trusted() implements Answer {
            @Override
            public <T> T fold(
                    Function<Trusted, T> trusted, Function<Revoked, T> revoked, Function<Unknown, T> unknown) {
                return trusted.apply(this);
            }
        }

        /**
         * A revocation covers it.
         *
         * @param by the kind of one that does
         */
        record Revoked(RevocationKind by) implements Answer {
            @Override
            public <T> T fold(
                    Function<Trusted, T> trusted, Function<Revoked, T> revoked, Function<Unknown, T> unknown) {
                return revoked.apply(this);
            }
        }

        /**
         * It cannot be said.
         *
         * @param detail why, for people and logs
         */
        record Unknown(String detail) implements Answer {
            @Override
            public <T> T fold(
                    Function<Trusted, T> trusted, Function<Revoked, T> revoked, Function<Unknown, T> unknown) {
                return unknown.apply(this);
            }
        }
    }
}
