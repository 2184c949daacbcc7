package io.tenantry.verifier;

import io.tenantry.contract.Selector;
import io.tenantry.contract.TokenIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a token that decides whether it is revoked.
 *
 * @param issuedAt the claim {@code iat}
 * @param offline whether it comes from an offline session, as its {@code jti} tells
 * @param selectors every selector that covers the token
 */
public record TokenIdentity(Instant issuedAt, boolean offline, List<Selector> selectors) {
    /** Copies the list. */
    public TokenIdentity {
        selectors = List.copyOf(selectors);
    }

    /**
     * Of a token with these claims. Without {@code sub}, as in lightweight tokens, revocations of a user, a membership or
     * a grant cannot be recognized; those of the session, the tenant, the client and the realm still are.
     *
     * @throws IllegalArgumentException if a claim is empty or longer than {@link Selector#MAX_PART_LENGTH}
     */
    public static TokenIdentity of(
            Instant issuedAt,
            @Nullable String jti,
            @Nullable String sid,
            @Nullable String sub,
            @Nullable String tenantId,
            @Nullable String azp) {
        return new TokenIdentity(
                issuedAt, TokenIds.isOfOfflineSession(jti), Selector.ofToken(jti, sid, sub, tenantId, azp));
    }
}
