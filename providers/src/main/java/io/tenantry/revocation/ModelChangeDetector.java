package io.tenantry.revocation;

import io.tenantry.contract.Selector;

/** What a change of Keycloak's model revokes, whoever made it. */
public final class ModelChangeDetector {
    private ModelChangeDetector() {}

    public static Detected membershipLost(String tenantId, String userId) {
        return Detected.now(Selector.member(tenantId, userId), Cause.MEMBERSHIP_LOST);
    }

    public static Detected tenantDeleted(String tenantId) {
        return Detected.now(Selector.tenant(tenantId), Cause.TENANT_DELETED);
    }

    public static Detected userDeleted(String userId) {
        return Detected.now(Selector.sub(userId), Cause.USER_DELETED);
    }

    public static Detected clientDeleted(String clientId) {
        return Detected.now(Selector.azp(clientId), Cause.CLIENT_DELETED);
    }
}
