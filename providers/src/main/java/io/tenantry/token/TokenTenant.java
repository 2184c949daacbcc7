package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.AccessToken;

/** What others may know about the tenants of tokens. */
public final class TokenTenant {
    private TokenTenant() {}

    /** Whether a client's tokens can be a tenant's: a {@value TenantClaimsMapper#PROVIDER_ID} is within its reach. */
    public static boolean concerns(@Nullable ClientModel client) {
        return TenantMappers.concern(client);
    }

    /** The tenant that a verified token was issued for; empty if for none. */
    public static Optional<TenantId> of(AccessToken token, ClientModel issuedTo) {
        return Optional.ofNullable(PresentedTenant.of(token, issuedTo).tenant());
    }
}
