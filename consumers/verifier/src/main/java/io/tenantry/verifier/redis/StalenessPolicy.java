package io.tenantry.verifier.redis;

/** What becomes of tokens while the replica cannot prove that it is current. */
public enum StalenessPolicy {
    /** They are refused: no revoked token passes, and no other either. */
    REFUSE,
    /** They are judged by what is known, even if that is nothing: service goes on, and recent revocations may be missed. */
    ACCEPT
}
