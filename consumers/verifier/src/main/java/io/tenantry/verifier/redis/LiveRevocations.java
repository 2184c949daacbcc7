package io.tenantry.verifier.redis;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.verifier.TokenIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every revocation that is known and may still cover a living token. Knowledge is only ever added, and forgotten when it
 * expires: whatever happens to Redis, a token that was once refused stays refused.
 */
final class LiveRevocations {
    /** The largest clock skew that a verifier may allow: so much longer than the publisher reckoned may a token live. */
    private static final Duration RETENTION_PAST_EXPIRY = Duration.ofMinutes(5);

    private final ConcurrentHashMap<SelectorKey, Cutoff> cutoffs = new ConcurrentHashMap<>();

    private record Cutoff(long cutoffMillis, long expiresAtMillis) {
        Cutoff raisedBy(Cutoff other) {
            return new Cutoff(
                    Math.max(cutoffMillis, other.cutoffMillis), Math.max(expiresAtMillis, other.expiresAtMillis));
        }
    }

    void add(Revocation revocation, SelectorKey.Hasher hasher) {
        cutoffs.merge(
                hasher.key(revocation.selector()),
                new Cutoff(
                        revocation.cutoff().toEpochMilli(),
                        revocation.expiresAt().toEpochMilli()),
                Cutoff::raisedBy);
    }

    Optional<RevocationKind> covering(TokenIdentity token) {
        if (cutoffs.isEmpty()) {
            return Optional.empty();
        }
        SelectorKey.Hasher hasher = new SelectorKey.Hasher();
        for (Selector selector : token.selectors()) {
            Cutoff cutoff = cutoffs.get(hasher.key(selector));
            if (cutoff != null
                    && selector.kind()
                            .covers(Instant.ofEpochMilli(cutoff.cutoffMillis), token.issuedAt(), token.offline())) {
                return Optional.of(selector.kind());
            }
        }
        return Optional.empty();
    }

    void evictExpired(Instant now) {
        cutoffs.values().removeIf(cutoff -> isForgettable(Instant.ofEpochMilli(cutoff.expiresAtMillis), now));
    }

    /** Whether at this moment no verifier takes a token for valid that what expired then covers. */
    static boolean isForgettable(Instant expiresAt, Instant now) {
        return expiresAt.isBefore(now.minus(RETENTION_PAST_EXPIRY));
    }

    int size() {
        return cutoffs.size();
    }
}
