package io.tenantry.brokering;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Keeps the tokens of brokered sessions in the tenants that were vouched for. Always on. */
public final class BrokeredTokenGuardFactory implements TokenPostProcessorFactory {
    /** The id in the server's information. */
    public static final String ID = "tenantry-brokered-session";

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new BrokeredTokenGuard(session);
    }

    @Override
    public String getId() {
        return ID;
    }
}
