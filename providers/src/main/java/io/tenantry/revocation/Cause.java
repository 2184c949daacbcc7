package io.tenantry.revocation;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why tokens are revoked: the word that stands in the table and in the stream, and whether what the tokens were issued
 * from has ended as well.
 */
public enum Cause {
    /** The session was logged out, by its user or by the session limit. */
    LOGOUT("logout", Source.ENDED),
    /** An admin ended the user's sessions. */
    ADMIN_LOGOUT("admin-logout", Source.ENDED),
    /** An admin ended one session. */
    SESSION_DELETED("session-deleted", Source.ENDED),
    /** Keycloak ended the session and told nobody: impersonation or another sign-in took its place. */
    SESSION_ENDED("session-ended", Source.ENDED),
    /** An admin ended every session of the realm. */
    LOGOUT_ALL("logout-all", Source.ENDED),
    /** A not-before of the realm, a client or a user. */
    NOT_BEFORE("not-before", Source.LIVES_ON),
    /** One access token was handed to /revoke, or named by an operator. */
    TOKEN_REVOKED("token-revoked", Source.LIVES_ON),
    /** A refresh token was handed to /revoke, or a consent withdrawn. */
    GRANT_REVOKED("grant-revoked", Source.ENDED),
    /** By order of an operator. */
    TENANT_REVOKED("tenant-revoked", Source.ENDED),
    /** By order of an operator. */
    USER_REVOKED("user-revoked", Source.ENDED),
    /** By order of an operator. */
    CLIENT_REVOKED("client-revoked", Source.ENDED),
    /** A refresh token came again, in a realm that lets each be used once. */
    REFRESH_TOKEN_REUSED("refresh-token-reused", Source.ENDED),
    /** An authorization code came again, and Keycloak ended what had been issued for it. */
    CODE_REUSED("code-reused", Source.ENDED),
    USER_DISABLED("user-disabled", Source.ENDED),
    /** Brute-force detection disabled the user for good. */
    USER_LOCKED_OUT("user-locked-out", Source.ENDED),
    USER_DELETED("user-deleted", Source.ENDED),
    /** Sessions outlive a new password in Keycloak, so the very next refresh is trusted again. */
    PASSWORD_CHANGED("password-changed", Source.LIVES_ON),
    /** A credential was taken away from the user. */
    CREDENTIAL_REMOVED("credential-removed", Source.LIVES_ON),
    /** The account at an identity provider is no longer the user's. */
    IDENTITY_UNLINKED("identity-unlinked", Source.LIVES_ON),
    /** An identity provider is no longer the tenant's. */
    PROVIDER_UNLINKED("provider-unlinked", Source.LIVES_ON),
    /** Keycloak takes no session that an identity provider vouched for once that is gone. */
    PROVIDER_DELETED("provider-deleted", Source.ENDED),
    ROLE_LOST("role-lost", Source.ENDED),
    GROUP_LEFT("group-left", Source.ENDED),
    /** A group with another parent inherits other roles. */
    GROUP_MOVED("group-moved", Source.ENDED),
    /** What the identity provider no longer says of a user is taken while the user signs in. */
    LOST_AT_SIGN_IN("lost-at-sign-in", Source.RENEWED),
    MEMBERSHIP_LOST("membership-lost", Source.ENDED),
    TENANT_DISABLED("tenant-disabled", Source.ENDED),
    TENANT_DELETED("tenant-deleted", Source.ENDED),
    CLIENT_DISABLED("client-disabled", Source.ENDED),
    CLIENT_DELETED("client-deleted", Source.ENDED),
    CLIENT_SECRET_CHANGED("client-secret-changed", Source.LIVES_ON),
    TENANTS_OFF("tenants-switched-off", Source.ENDED),
    REALM_DISABLED("realm-disabled", Source.ENDED),
    REALM_DELETED("realm-deleted", Source.ENDED),
    /** The listener was off for a while, and what was revoked meanwhile nobody knows. */
    LISTENER_RESTORED("listener-restored", Source.ENDED);

    private enum Source {
        ENDED,
        LIVES_ON,
        RENEWED
    }

    private final String word;
    private final Source source;

    Cause(String word, Source source) {
        this.word = word;
        this.source = source;
    }

    /** The short word by which people meet it: lower-case, with hyphens. */
    public String word() {
        return word;
    }

    /**
     * The cause that goes by this word.
     *
     * @throws IllegalArgumentException if none does
     */
    public static Cause ofWord(String word) {
        return withWord(word)
                .orElseThrow(
                        () -> new IllegalArgumentException("no cause of a revocation goes by the word '" + word + "'"));
    }

    /** The same; empty if none does. */
    static Optional<Cause> withWord(String word) {
        return Arrays.stream(values()).filter(cause -> cause.word.equals(word)).findFirst();
    }

    /**
     * Which of two is said where one transaction has both for the same tokens: what ended, rather than what went with it,
     * such as the groups of one who is a member no more.
     */
    static Cause weightier(Cause one, Cause other) {
        return weight(other) > weight(one) ? other : one;
    }

    private static int weight(Cause cause) {
        return switch (cause) {
            case ROLE_LOST,
                    GROUP_LEFT,
                    GROUP_MOVED,
                    LOST_AT_SIGN_IN,
                    IDENTITY_UNLINKED,
                    CREDENTIAL_REMOVED,
                    PROVIDER_UNLINKED,
                    SESSION_ENDED -> 0;
            case LOGOUT,
                    ADMIN_LOGOUT,
                    SESSION_DELETED,
                    LOGOUT_ALL,
                    NOT_BEFORE,
                    TOKEN_REVOKED,
                    GRANT_REVOKED,
                    REFRESH_TOKEN_REUSED,
                    CODE_REUSED,
                    USER_DISABLED,
                    USER_LOCKED_OUT,
                    PASSWORD_CHANGED,
                    PROVIDER_DELETED,
                    TENANT_DISABLED,
                    CLIENT_DISABLED,
                    CLIENT_SECRET_CHANGED,
                    TENANTS_OFF,
                    REALM_DISABLED,
                    LISTENER_RESTORED -> 1;
            case MEMBERSHIP_LOST,
                    USER_DELETED,
                    TENANT_DELETED,
                    CLIENT_DELETED,
                    REALM_DELETED,
                    TENANT_REVOKED,
                    USER_REVOKED,
                    CLIENT_REVOKED -> 2;
        };
    }

    /**
     * Whether a token that a request in flight still issues from the old state must be covered too. Where the source
     * lives on, a later token is rightly trusted, and covering the moments to come would only refuse good ones.
     */
    boolean sourceEnded() {
        return source == Source.ENDED;
    }

    /**
     * Whether the request that revokes goes on to issue tokens from the new state, which must not be covered: tokens say
     * the second alone, so those of the second itself are trusted.
     */
    boolean sourceRenewed() {
        return source == Source.RENEWED;
    }
}
