package io.tenantry.token;

import org.keycloak.OAuthErrorException;

/** Why no token is issued, as clients are told. None of the texts says whether a tenant exists. */
enum TenantRefusal {
    /** The presented token's tenant is disabled or gone, or its user is no longer a member. */
    LOST(OAuthErrorException.INVALID_GRANT, "The token's tenant is no longer available to its user"),
    /** The client demands a tenant. */
    MISSING(
            OAuthErrorException.INVALID_SCOPE,
            "A tenant is required: request one that the user belongs to with the scope organization:<tenant>"),
    /** Several were asked for. */
    AMBIGUOUS(
            OAuthErrorException.INVALID_SCOPE,
            "A token is for one tenant: request exactly one with the scope organization:<tenant>");

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
}
