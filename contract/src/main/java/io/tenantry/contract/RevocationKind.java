package io.tenantry.contract;

import java.time.Instant;

/**
 * The kind of thing whose tokens are revoked. The wire name is part of every Redis key and stream entry; kinds are only
 * ever added.
 */
public enum RevocationKind {
    /** One token, by its {@code jti}. */
    JTI("jti", 1),
    /** All tokens of one session, by {@code sid}. */
    SID("sid", 1),
    /** All tokens of one user, by {@code sub}. */
    SUB("sub", 1),
    /** A user's tokens for one tenant: {@code tenant_id}, then {@code sub}. */
    MEMBER("member", 2),
    /** All tokens for one tenant, by {@code tenant_id}. */
    TENANT("tenant", 1),
    /** The tokens that one client holds for one user: {@code azp}, then {@code sub}. */
    GRANT("grant", 2),
    /** All tokens of one client, by {@code azp}. */
    AZP("azp", 1),
    /** All tokens of the realm; no selector parts. */
    REALM("realm", 0);

    private final String wireName;
    private final int arity;

    RevocationKind(String wireName, int arity) {
        this.wireName = wireName;
        this.arity = arity;
    }

    /** The name in keys and stream entries: lower-case ASCII letters. */
    public String wireName() {
        return wireName;
    }

    /** How many parts a selector of this kind has: 0 to 2. */
    public int arity() {
        return arity;
    }

    /**
     * Whether a revocation of this kind covers a token that its selector matches. {@code iat} counts whole seconds, so a
     * token issued in the cutoff's own second is covered whichever of the two came first.
     *
     * @param issuedAt the token's {@code iat}
     * @param offline whether it {@linkplain TokenIds#isOfOfflineSession comes from an offline session}
     */
    public boolean covers(Instant cutoff, Instant issuedAt, boolean offline) {
        return switch (this) {
            // It names what never comes again: whatever the clocks said, no later token of it is good
            case JTI -> true;
            // So does this, but an offline session bears the id of the session it came from and outlives its logout
            case SID -> !offline || !issuedAt.isAfter(cutoff);
            case SUB, MEMBER, TENANT, GRANT, AZP, REALM -> !issuedAt.isAfter(cutoff);
        };
    }

    /**
     * The kind with this wire name.
     *
     * @throws MalformedEntryException if no kind has it
     */
    public static RevocationKind ofWireName(String wireName) {
        for (RevocationKind kind : values()) {
            if (kind.wireName.equals(wireName)) {
                return kind;
            }
        }
        throw new MalformedEntryException("unknown revocation kind '" + wireName + "'");
    }
}
