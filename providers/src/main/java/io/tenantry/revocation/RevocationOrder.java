package io.tenantry.revocation;

import io.tenantry.contract.Selector;
import org.jspecify.annotations.Nullable;

/** What an operator orders to be no longer trusted. */
public final class RevocationOrder {
    private RevocationOrder() {}

    public static Detected tenant(String tenantId) {
        return Detected.now(Selector.tenant(tenantId), Cause.TENANT_REVOKED);
    }

    /** A user's tokens, or those for one tenant alone. */
    public static Detected user(String userId, @Nullable String tenantId) {
        return Detected.now(
                tenantId == null ? Selector.sub(userId) : Selector.member(tenantId, userId), Cause.USER_REVOKED);
    }

    public static Detected client(String clientId) {
        return Detected.now(Selector.azp(clientId), Cause.CLIENT_REVOKED);
    }

    public static Detected token(String tokenId) {
        return Detected.now(Selector.jti(tokenId), Cause.TOKEN_REVOKED);
    }
}
