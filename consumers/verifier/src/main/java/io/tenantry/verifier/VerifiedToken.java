package io.tenantry.verifier;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an accepted access token says.
 *
 * @param tokenId the claim {@code jti}
 * @param clientId the claim {@code azp}: the client that the token was issued to
 * @param subject the claim {@code sub}; absent in lightweight tokens
 * @param sessionId the claim {@code sid}; absent in client-credentials tokens
 * @param tenantId the active tenant; absent only where none is required
 * @param tenantRoles the roles in that tenant, in the token's order, distinct; empty without a tenant
 * @param scopes what the client was granted, one value each
 * @param issuedAt the claim {@code iat}
 * @param expiresAt the claim {@code exp}, without clock skew
 * @param claims every claim as JSON types (strings, numbers, booleans, lists, maps); unmodifiable
 */
public record VerifiedToken(
        String tokenId,
        String clientId,
        Optional<String> subject,
        Optional<String> sessionId,
        Optional<String> tenantId,
        List<String> tenantRoles,
        List<String> scopes,
        Instant issuedAt,
        Instant expiresAt,
        Map<String, Object> claims) {
    /** Copies what could be changed from outside. */
    public VerifiedToken {
        tenantRoles = List.copyOf(tenantRoles);
        scopes = List.copyOf(scopes);
        // Not Map.copyOf: a claim may be JSON null
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** Whether the user has this role in the active tenant. */
    public boolean hasTenantRole(String role) {
        return tenantRoles.contains(role);
    }

    /** Only the expiry: a token's claims are personal data, and this may end up in a log. */
    @Override
    public String toString() {
        return "VerifiedToken[expiresAt=" + expiresAt + ']';
    }
}
