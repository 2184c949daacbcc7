package io.tenantry.token;

import java.util.function.Function;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/**
 * Keycloak's device grant, which says which scopes the device asked for: the note that Keycloak keeps is that of the last
 * sign-in of any tab.
 */
final class TenantDeviceGrantType extends DeviceGrantType {
    @Override
    protected TokenManager.AccessTokenResponseBuilder createTokenResponseBuilder(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext issue,
            String scope,
            Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policyContext) {
        RequestTenant.asked(issue, scope);
        return super.createTokenResponseBuilder(user, userSession, issue, scope, policyContext);
    }
}
