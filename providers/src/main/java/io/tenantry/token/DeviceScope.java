package io.tenantry.token;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.protocol.oidc.grants.device.endpoints.DeviceEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The scope that a device polls with: kept with its code, which no other tab of the browser that approves it shares. */
final class DeviceScope {
    private DeviceScope() {}

    /** Writes the scope of a sign-in that approves a device to the device's code; does nothing in another sign-in. */
    static void pin(KeycloakSession session, AuthenticationSessionModel signIn, String scope) {
        String userCode = signIn.getClientNote(DeviceGrantType.OAUTH2_DEVICE_VERIFIED_USER_CODE);
        OAuth2DeviceCodeModel device =
                userCode == null ? null : DeviceEndpoint.getDeviceByUserCode(session, signIn.getRealm(), userCode);
        if (device == null) {
            return;
        }
        Map<String, String> written = new HashMap<>(device.toMap());
        written.put(OAuth2Constants.SCOPE, scope);
        written.values().removeIf(Objects::isNull);
        session.singleUseObjects().replace(device.serializeKey(), written);
    }
}
