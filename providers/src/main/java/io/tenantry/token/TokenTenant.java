package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.AccessToken;

/** The tenant of a token, for who holds a verified one. */
public final class TokenTenant {
    private TokenTenant() {}

    /** The tenant that a verified token was issued for; empty if for none. */
    public static Optional<TenantId> of(AccessToken token, ClientModel issuedTo) {
        return Optional.ofNullable(PresentedTenant.of(token, issuedTo).tenant());
    }
}
