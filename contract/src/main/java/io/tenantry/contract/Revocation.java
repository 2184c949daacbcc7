package io.tenantry.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The fact that tokens matching a selector, issued up to a moment, are no longer trusted.
 *
 * @param id unique, at most 36 characters; the same revocation published twice keeps it
 * @param selector which tokens
 * @param cutoff what of it is revoked, as {@link RevocationKind#covers} tells; kept in whole milliseconds. For what names
 *     something that can never come again, a token or a session that has ended, the last moment before it expires: then it
 *     does not matter by whose clock the token was issued
 * @param expiresAt when no covered token can be valid any more; after the cutoff, kept in whole milliseconds
 * @param cause why, as a short word such as {@code logout}; for people, never for decisions; at most 64 characters
 * @param securityEvent the same as a signed Security Event Token (RFC 8417) in compact form, for receivers of those; null
 *     if there is none; at most {@value #MAX_SECURITY_EVENT_LENGTH} characters
 */
public record Revocation(
        String id,
        Selector selector,
        Instant cutoff,
        Instant expiresAt,
        String cause,
        @Nullable String securityEvent) {
    /** The longest a Security Event Token may be. */
    public static final int MAX_SECURITY_EVENT_LENGTH = 4_000;

    private static final int MAX_ID_LENGTH = 36;
    private static final int MAX_CAUSE_LENGTH = 64;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if id, cause or event are empty or too long, or it expires before its cutoff
     */
    public Revocation {
        cutoff = cutoff.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        requireLength("id", id, MAX_ID_LENGTH);
        requireLength("cause", cause, MAX_CAUSE_LENGTH);
        if (securityEvent != null) {
            requireLength("security event", securityEvent, MAX_SECURITY_EVENT_LENGTH);
        }
        if (!expiresAt.isAfter(cutoff)) {
            throw new IllegalArgumentException(
                    "a revocation must expire after its cutoff " + cutoff + ", not at " + expiresAt);
        }
    }

    /** One without a Security Event Token. */
    public Revocation(String id, Selector selector, Instant cutoff, Instant expiresAt, String cause) {
        this(id, selector, cutoff, expiresAt, cause, null);
    }

    /** The same with this Security Event Token. */
    public Revocation withSecurityEvent(String token) {
        return new Revocation(id, selector, cutoff, expiresAt, cause, token);
    }

    private static void requireLength(String name, String value, int max) {
        if (value.isEmpty() || value.length() > max) {
            throw new IllegalArgumentException("the " + name + " of a revocation has " + value.length()
                    + " characters; 1 to " + max + " are allowed");
        }
    }
}
