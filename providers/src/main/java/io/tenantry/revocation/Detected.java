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
 * @param goesOn whether more may rightly be issued for the selector later on
 */
public record Detected(
        Selector selector, Cause cause, @Nullable Instant cutoff, boolean goesOn) {
    static Detected now(Selector selector, Cause cause) {
        return new Detected(selector, cause, null, comesAgain(selector));
    }

    /** Keycloak's not-before, in seconds: tokens issued before that second are void, those of the second itself are not. */
    static Detected before(Selector selector, int notBefore) {
        return new Detected(
                selector, Cause.NOT_BEFORE, Instant.ofEpochSecond(notBefore).minusMillis(1), true);
    }

    /** The same of a session that ends online alone: its offline namesake has tokens to come. */
    public Detected goingOnOffline() {
        return new Detected(selector, cause, cutoff, true);
    }

    /** Whether nothing that the selector names can ever rightly come again: then no clock is asked when it was issued. */
    public boolean isOver() {
        return !goesOn;
    }

    private static boolean comesAgain(Selector selector) {
        return switch (selector.kind()) {
            case JTI, SID -> false;
            case SUB, MEMBER, TENANT, GRANT, AZP, REALM -> true;
        };
    }
}
