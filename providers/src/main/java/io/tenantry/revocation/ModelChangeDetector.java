package io.tenantry.revocation;

import io.tenantry.contract.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * A group of the realm, no tenant's.
     *
     * @param members the users in it, by id; null if they are too many to name
     */
    public static List<Detected> groupDeleted(@Nullable List<String> members) {
        return members(members, Cause.GROUP_LEFT);
    }

    static List<Detected> members(@Nullable List<String> members, Cause cause) {
        return members == null
                ? List.of(Detected.now(Selector.realm(), cause))
                : members.stream()
                        .map(userId -> Detected.now(Selector.sub(userId), cause))
                        .toList();
    }

    public static Detected clientDeleted(String clientId) {
        return Detected.now(Selector.azp(clientId), Cause.CLIENT_DELETED);
    }
}
