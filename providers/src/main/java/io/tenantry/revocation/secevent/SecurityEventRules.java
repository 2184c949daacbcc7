package io.tenantry.revocation.secevent;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.TenantClaims;
import io.tenantry.revocation.Cause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Security Event Token says of a revocation: RFC 8417 as the Shared Signals Framework 1.0 profiles it, so one
 * event, its subject in {@code sub_id}, and neither {@code sub} nor {@code exp}, which would make it look like a token to
 * sign in with. It holds ids and the cause, and nothing else of anybody.
 *
 * @param audience who it is for
 */
record SecurityEventRules(List<String> audience) {
    SecurityEventRules {
        audience = List.copyOf(audience);
    }

    /**
     * The claims, in a fixed order.
     *
     * @param issuer of the realm's tokens
     * @param at when trust ended
     * @param transaction what the events of one change have in common
     */
    Map<String, Object> claims(Revocation revocation, String issuer, Instant at, String transaction) {
        Cause cause = Cause.ofWord(revocation.cause());
        EventType type = type(cause, revocation.selector().kind());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", audience.size() == 1 ? audience.get(0) : audience);
        // The row's own id: published again, it is the same event, which receivers know by this
        claims.put("jti", revocation.id());
        claims.put("iat", at.getEpochSecond());
        claims.put("toe", at.getEpochSecond());
        claims.put("txn", transaction);
        claims.put("sub_id", SubjectId.of(revocation.selector(), issuer));
        claims.put("events", Map.of(type.uri(), event(type, cause, revocation, at)));
        return claims;
    }

    /** CAEP and RISC speak of sessions, users and tenants; that a client's or a realm's tokens are void has no word there. */
    static EventType type(Cause cause, RevocationKind kind) {
        return switch (kind) {
            case JTI, GRANT, AZP, REALM -> EventType.TOKENS_REVOKED;
            case SID, SUB, MEMBER, TENANT -> type(cause);
        };
    }

    private static EventType type(Cause cause) {
        return switch (cause) {
            case LOGOUT,
                    ADMIN_LOGOUT,
                    SESSION_DELETED,
                    SESSION_ENDED,
                    PROVIDER_DELETED,
                    TENANT_REVOKED,
                    USER_REVOKED,
                    MEMBERSHIP_LOST,
                    TENANT_DISABLED,
                    TENANT_DELETED -> EventType.SESSION_REVOKED;
            case PASSWORD_CHANGED, CREDENTIAL_REMOVED, IDENTITY_UNLINKED -> EventType.CREDENTIAL_CHANGE;
            case ROLE_LOST, GROUP_LEFT, GROUP_MOVED, LOST_AT_SIGN_IN -> EventType.TOKEN_CLAIMS_CHANGE;
            case USER_DISABLED, USER_LOCKED_OUT -> EventType.ACCOUNT_DISABLED;
            case USER_DELETED -> EventType.ACCOUNT_PURGED;
            case LOGOUT_ALL,
                    NOT_BEFORE,
                    TOKEN_REVOKED,
                    GRANT_REVOKED,
                    CLIENT_REVOKED,
                    REFRESH_TOKEN_REUSED,
                    CODE_REUSED,
                    PROVIDER_UNLINKED,
                    CLIENT_DISABLED,
                    CLIENT_DELETED,
                    CLIENT_SECRET_CHANGED,
                    TENANTS_OFF,
                    REALM_DISABLED,
                    REALM_DELETED,
                    LISTENER_RESTORED -> EventType.TOKENS_REVOKED;
        };
    }

    private static Map<String, Object> event(EventType type, Cause cause, Revocation revocation, Instant at) {
        Map<String, Object> event = new LinkedHashMap<>();
        switch (type) {
            case ACCOUNT_DISABLED, ACCOUNT_PURGED -> {
                // RISC has a reason for "hijacking" and "bulk-account" alone, and other names must be URIs
                return event;
            }
            case CREDENTIAL_CHANGE -> {
                event.put("credential_type", credentialType(cause));
                event.put("change_type", cause == Cause.PASSWORD_CHANGED ? "update" : "delete");
            }
            case TOKEN_CLAIMS_CHANGE ->
                event.put("claims", changedClaims(revocation.selector().kind()));
            case TOKENS_REVOKED -> {
                event.put("kind", revocation.selector().kind().wireName());
                event.put("cutoff", revocation.cutoff().getEpochSecond());
            }
            case SESSION_REVOKED -> {}
        }
        String initiator = initiator(cause);
        if (initiator != null) {
            event.put("initiating_entity", initiator);
        }
        event.put("reason_admin", Map.of("en", cause.word()));
        event.put("event_timestamp", at.getEpochSecond());
        return event;
    }

    /** Which second factor or passkey it was is not in the event; CAEP lets both sides agree on further types. */
    private static String credentialType(Cause cause) {
        if (cause == Cause.PASSWORD_CHANGED) {
            return "password";
        }
        return cause == Cause.IDENTITY_UNLINKED ? "federated-identity" : "unspecified";
    }

    /** Null, as what holds now depends on the client: it is in the next token, and until then nothing is to be assumed. */
    private static Map<String, @Nullable Object> changedClaims(RevocationKind kind) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put(TenantClaims.TENANT_ROLES, null);
        if (kind == RevocationKind.SUB) {
            claims.put("realm_access", null);
            claims.put("resource_access", null);
            claims.put("groups", null);
        }
        return claims;
    }

    /** Null where more than one can be behind it. */
    private static @Nullable String initiator(Cause cause) {
        return switch (cause) {
            case ADMIN_LOGOUT, SESSION_DELETED, LOGOUT_ALL, TENANT_REVOKED, USER_REVOKED, CLIENT_REVOKED -> "admin";
            case REFRESH_TOKEN_REUSED, CODE_REUSED, LOST_AT_SIGN_IN -> "system";
            case LOGOUT,
                    SESSION_ENDED,
                    NOT_BEFORE,
                    TOKEN_REVOKED,
                    GRANT_REVOKED,
                    USER_DISABLED,
                    USER_LOCKED_OUT,
                    USER_DELETED,
                    PASSWORD_CHANGED,
                    CREDENTIAL_REMOVED,
                    IDENTITY_UNLINKED,
                    PROVIDER_UNLINKED,
                    PROVIDER_DELETED,
                    ROLE_LOST,
                    GROUP_LEFT,
                    GROUP_MOVED,
                    MEMBERSHIP_LOST,
                    TENANT_DISABLED,
                    TENANT_DELETED,
                    CLIENT_DISABLED,
                    CLIENT_DELETED,
                    CLIENT_SECRET_CHANGED,
                    TENANTS_OFF,
                    REALM_DISABLED,
                    REALM_DELETED,
                    LISTENER_RESTORED -> null;
        };
    }
}
