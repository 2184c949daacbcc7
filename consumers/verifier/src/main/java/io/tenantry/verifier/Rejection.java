package io.tenantry.verifier;

/** Why a token is refused. Kinds are only ever added. */
public enum Rejection {
    /** Not a JWT of the expected shape, too long, or a claim is missing, ill-typed or too long. */
    MALFORMED(Blame.TOKEN),
    /** Unsigned, signed with an algorithm that is not allowed or a key that the realm does not publish, or forged. */
    SIGNATURE(Blame.TOKEN),
    /** Issued by someone else. */
    ISSUER(Blame.TOKEN),
    /** An ID, refresh or other token, or an access token that is bound to a key whose proof is not checked here. */
    WRONG_TYPE(Blame.TOKEN),
    /** Meant for another audience. */
    AUDIENCE(Blame.TOKEN),
    /** Its {@code exp} has passed. */
    EXPIRED(Blame.TOKEN),
    /** Its {@code nbf} or {@code iat} lies in the future. */
    NOT_YET_VALID(Blame.TOKEN),
    /** A tenant is required and the token is for none. */
    TENANT_MISSING(Blame.TOKEN),
    /** Trust in it ended; {@link Verification.Rejected#revokedBy()} says by what. */
    REVOKED(Blame.TOKEN),
    /** The revocations are not known to be current, and the policy is to refuse then. */
    STALE(Blame.VERIFIER),
    /** The realm's keys could not be fetched, or are being fetched to see whether it has the one that the token names. */
    KEYS_UNAVAILABLE(Blame.VERIFIER);

    private final Blame blame;

    Rejection(Blame blame) {
        this.blame = blame;
    }

    /** Whether the same token may be accepted later (HTTP 503), rather than never (HTTP 401). */
    public boolean isTransient() {
        return blame == Blame.VERIFIER;
    }

    private enum Blame {
        TOKEN,
        VERIFIER
    }
}
