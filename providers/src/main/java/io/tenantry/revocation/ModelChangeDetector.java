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

    public static Detected userDisabled(String userId) {
        return Detected.now(Selector.sub(userId), Cause.USER_DISABLED);
    }

    public static Detected credentialRemoved(String userId) {
        return Detected.now(Selector.sub(userId), Cause.CREDENTIAL_REMOVED);
    }

    public static Detected identityUnlinked(String userId) {
        return Detected.now(Selector.sub(userId), Cause.IDENTITY_UNLINKED);
    }

    /** An identity provider ceased to be a tenant's: which of its members it vouched for is not to be listed. */
    public static Detected providerUnlinked(String tenantId) {
        return Detected.now(Selector.tenant(tenantId), Cause.PROVIDER_UNLINKED);
    }

    /**
     * An identity provider was deleted.
     *
     * @param tenantId whose it was; null if it was the realm's
     */
    public static Detected providerDeleted(@Nullable String tenantId) {
        return Detected.now(tenantId == null ? Selector.realm() : Selector.tenant(tenantId), Cause.PROVIDER_DELETED);
    }

    /**
     * A role was taken from a user.
     *
     * @param signingIn whether that user is signing in, and the request goes on to issue tokens without the role
     */
    public static Detected roleRevoked(String userId, boolean signingIn) {
        return Detected.now(Selector.sub(userId), signingIn ? Cause.LOST_AT_SIGN_IN : Cause.ROLE_LOST);
    }

    /**
     * A user left a group.
     *
     * @param tenantId whose group it was; null if it was the realm's
     * @param signingIn whether that user is signing in
     */
    public static Detected groupLeft(@Nullable String tenantId, String userId, boolean signingIn) {
        return Detected.now(
                tenantId == null ? Selector.sub(userId) : Selector.member(tenantId, userId),
                signingIn ? Cause.LOST_AT_SIGN_IN : Cause.GROUP_LEFT);
    }

    /**
     * A group of the realm, no tenant's.
     *
     * @param members the users in it, by id; null if they are too many to name
     */
    public static List<Detected> groupDeleted(@Nullable List<String> members) {
        return members(members, Cause.GROUP_LEFT);
    }

    /**
     * Whether a group that has another path now inherits less than before: not if it only got another name, or had no
     * parent. Keycloak announces both by the paths alone.
     */
    public static boolean mayInheritLess(String previousPath, String newPath) {
        String previous = parent(previousPath);
        // Equal paths: names may hold slashes, and so two parents have one path
        return !previous.isEmpty() && (!previous.equals(parent(newPath)) || previousPath.equals(newPath));
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** A group of the realm has another parent; members as above. */
    public static List<Detected> groupMoved(@Nullable List<String> members) {
        return members(members, Cause.GROUP_MOVED);
    }

    /** The same for a group of a tenant. */
    public static Detected tenantGroupMoved(String tenantId) {
        return Detected.now(Selector.tenant(tenantId), Cause.GROUP_MOVED);
    }

    static List<Detected> members(@Nullable List<String> members, Cause cause) {
        return members == null
                ? List.of(Detected.now(Selector.realm(), cause))
                : members.stream()
                        .map(userId -> Detected.now(Selector.sub(userId), cause))
                        .toList();
    }

    public static Detected realmDeleted() {
        return Detected.now(Selector.realm(), Cause.REALM_DELETED);
    }

    /** The listener was taken off the realm and is there again: all is revoked that it may have missed. */
    public static Detected listenerRestored() {
        return Detected.now(Selector.realm(), Cause.LISTENER_RESTORED);
    }

    /** A not-before of the realm that lies ahead: it is said again as long as it does. */
    public static Detected notBefore(int seconds) {
        return Detected.before(Selector.realm(), seconds);
    }

    /** The same of a client. */
    public static Detected notBefore(String clientId, int seconds) {
        return Detected.before(Selector.azp(clientId), seconds);
    }

    public static Detected clientDeleted(String clientId) {
        return Detected.now(Selector.azp(clientId), Cause.CLIENT_DELETED);
    }

    public static Detected clientDisabled(String clientId) {
        return Detected.now(Selector.azp(clientId), Cause.CLIENT_DISABLED);
    }

    public static Detected codeReused(String clientId, String userId) {
        return Detected.now(Selector.grant(clientId, userId), Cause.CODE_REUSED);
    }
}
