package io.tenantry.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantTypeFactory;

/** Takes the place of Keycloak's grant: docs/decisions/0006-code-grant.md says why. */
public final class TenantDeviceGrantTypeFactory extends DeviceGrantTypeFactory {
    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        return new TenantDeviceGrantType();
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
