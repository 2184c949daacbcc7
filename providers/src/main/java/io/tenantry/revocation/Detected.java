package io.tenantry.revocation;

import io.tenantry.contract.Selector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Trust that an event says has ended.
 *
 * @param selector whose tokens
 * @param cause why
 * @param cutoff up to when they were issued, where the event says so; null for all issued before it is committed
 */
public record Detected(
        Selector selector, Cause cause, @Nullable Instant cutoff) {
    static Detected now(Selector selector, Cause cause) {
        return new Detected(selector, cause, null);
    }

    /** Keycloak's not-before, in seconds: tokens issued before that second are void, those of the second itself are not. */
    static Detected before(Selector selector, int notBefore) {
        return new Detected(
                selector, Cause.NOT_BEFORE, Instant.ofEpochSecond(notBefore).minusMillis(1));
    }
}
