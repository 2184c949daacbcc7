package io.tenantry.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The fact that tokens matching a selector, issued up to a moment, are no longer trusted.
 *
 * @param id unique, at most 36 characters; the same revocation published twice keeps it
 * @param selector which tokens
 * @param cutoff tokens with {@code iat} at or before it are revoked; kept in whole milliseconds
 * @param expiresAt when no covered token can be valid any more; after the cutoff, kept in whole milliseconds
 * @param cause why, as a short word such as {@code logout}; for people, never for decisions; at most 64 characters
 */
public record Revocation(String id, Selector selector, Instant cutoff, Instant expiresAt, String cause) {
    private static final int MAX_ID_LENGTH = 36;
    private static final int MAX_CAUSE_LENGTH = 64;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if id or cause are empty or too long, or it expires before its cutoff
     */
    public Revocation {
        cutoff = cutoff.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        requireLength("id", id, MAX_ID_LENGTH);
        requireLength("cause", cause, MAX_CAUSE_LENGTH);
        if (!expiresAt.isAfter(cutoff)) {
            throw new IllegalArgumentException(
                    "a revocation must expire after its cutoff " + cutoff + ", not at " + expiresAt);
        }
    }

    /**
     * Whether a token that matches the selector is revoked. {@code iat} counts whole seconds, so a token issued in the
     * cutoff's own second is revoked whichever of the two came first.
     */
    public boolean covers(Instant issuedAt) {
        return !issuedAt.isAfter(cutoff);
    }

    private static void requireLength(String name, String value, int max) {
        if (value.isEmpty() || value.length() > max) {
            throw new IllegalArgumentException("the " + name + " of a revocation has " + value.length()
                    + " characters; 1 to " + max + " are allowed");
        }
    }
}
