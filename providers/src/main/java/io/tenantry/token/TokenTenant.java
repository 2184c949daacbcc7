package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/** What others may know about the tenants of tokens. */
public final class TokenTenant {
    private TokenTenant() {}

    /** Whether a client's tokens can be a tenant's: a {@value TenantClaimsMapper#PROVIDER_ID} is within its reach. */
    public static boolean concerns(KeycloakSession session, @Nullable ClientModel client) {
        return TenantNames.of(session, client).concerned();
    }

    /** The tenant that a verified token was issued for; empty if for none. */
    public static Optional<TenantId> of(KeycloakSession session, AccessToken token, ClientModel issuedTo) {
        return TenantNames.of(session, issuedTo).tenantOf(token);
    }
}
