package io.tenantry.token;

import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.saml.SamlProtocolFactory;
import org.keycloak.saml.validators.DestinationValidator;

/** Wires Keycloak's SAML with our page in its place, by its id: docs/decisions/0018-saml-clients.md. */
public final class TenantSamlProtocolFactory extends SamlProtocolFactory {
    private DestinationValidator destinations = DestinationValidator.forProtocolMap(new String[0]);

    @Override
    public LoginProtocol create(KeycloakSession session) {
        return new TenantSamlProtocol(session);
    }

    @Override
    public Object createProtocolEndpoint(KeycloakSession session, EventBuilder event) {
        return new TenantSamlService(session, event, getMaxInflatingSize(), destinations);
    }

    /** Keycloak's keeps its validator to itself. */
    @Override
    public void init(Config.Scope config) {
        super.init(config);
        destinations = DestinationValidator.forProtocolMap(config.getArray("knownProtocols"));
    }

    /** One more than Keycloak's, which also places it among the protocols that the console offers. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
