package io.tenantry.token;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuthErrorException;

/** Why no token is issued, as clients are told. None of the texts says whether a tenant exists. */
enum TenantRefusal {
    /** The presented token's tenant is disabled or gone, or its user is no longer a member. */
    LOST(OAuthErrorException.INVALID_GRANT, "The token's tenant is no longer available to its user"),
    /** An operator has ended what was issued until a moment after the presented token. */
    REVOKED(OAuthErrorException.INVALID_GRANT, "The token has been revoked: start a new authorization request"),
    /** What the token would be issued from has ended since the request began, and the token would outlive that. */
    OVERTAKEN(
            OAuthErrorException.INVALID_GRANT,
            "The session or grant was revoked during this request: start a new authorization request"),
    /** The client demands a tenant. */
    MISSING(
            OAuthErrorException.INVALID_SCOPE,
            "A tenant is required: request one that the user belongs to with the scope organization:<tenant>"),
    /** Several were asked for. */
    AMBIGUOUS(
            OAuthErrorException.INVALID_SCOPE,
            "A token is for one tenant: request exactly one with the scope organization:<tenant>"),
    /** A tenant was named that the user may not act in, that the client may not serve, or that does not exist. */
    UNAVAILABLE(OAuthErrorException.INVALID_SCOPE, "Invalid scopes: the requested tenant is not available"),
    /** Another tenant than the presented token's was asked for. */
    PINNED(
            OAuthErrorException.INVALID_SCOPE,
            "The token's tenant cannot be changed: start a new authorization request for another tenant"),
    /** A token exchange to another tenant by a client that may not. */
    SWITCH_FORBIDDEN(OAuthErrorException.ACCESS_DENIED, "This client may not exchange tokens for another tenant"),
    /** A tenant that wants its people to sign in another way than the session's. */
    STEP_UP_NEEDED(
            OAuthErrorException.INTERACTION_REQUIRED,
            "The requested tenant demands another way of signing in: start a new authorization request for it"),
    /** The session was proven by those who vouch for another tenant's people alone. */
    VOUCHED_ELSEWHERE(
            OAuthErrorException.ACCESS_DENIED,
            "This session came through the identity provider of another organization; sign in for this one."),
    /** Settings of a mapper, or of the tenant, cannot be read. */
    MISCONFIGURED(
            OAuthErrorException.SERVER_ERROR,
            "Tenants are not configured correctly here: ask the administrator of the realm"),
    /** The access token would be larger than its budget. */
    TOO_LARGE(OAuthErrorException.INVALID_REQUEST, "The access token is too large");

    private final String error;
    private final String description;

    TenantRefusal(String error, String description) {
        this.error = error;
        this.description = description;
    }

    /** OAuth's error code. */
    String error() {
        return error;
    }

    String description() {
        return description;
    }

    /**
     * The same for a request with these scopes. A tenant that is not available is told of in Keycloak's own words, which
     * are those for one that does not exist.
     */
    String description(@Nullable String scope) {
        return this == UNAVAILABLE && scope != null && !scope.isBlank() ? "Invalid scopes: " + scope : description;
    }

    /** The message on the page of a sign-in in a browser. */
    String page() {
        return switch (this) {
            case MISSING -> "tenantRequired";
            case STEP_UP_NEEDED, VOUCHED_ELSEWHERE -> "tenantOtherLogin";
            case MISCONFIGURED -> "tenantMisconfigured";
            case LOST, REVOKED, OVERTAKEN, AMBIGUOUS, UNAVAILABLE, PINNED, SWITCH_FORBIDDEN, TOO_LARGE ->
                "tenantUnavailable";
        };
    }

    /** The error that the event carries. */
    String eventError() {
        return "tenant_" + name().toLowerCase(Locale.ROOT);
    }
}
