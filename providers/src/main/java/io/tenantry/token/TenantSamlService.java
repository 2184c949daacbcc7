package io.tenantry.token;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.protocol.saml.SamlService;
import org.keycloak.saml.validators.DestinationValidator;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's SAML endpoints, which answer a passive request by the {@link TenantSamlProtocol} as any other. */
final class TenantSamlService extends SamlService {
    TenantSamlService(
            KeycloakSession session, EventBuilder event, long maxInflatingSize, DestinationValidator destinations) {
        super(session, event, maxInflatingSize, destinations);
    }

    @Override
    protected Response newBrowserAuthentication(
            AuthenticationSessionModel authSession, boolean isPassive, boolean redirectToAuthentication) {
        SamlProtocol protocol = new TenantSamlProtocol(session)
                .setEventBuilder(event)
                .setHttpHeaders(headers)
                .setRealm(realm)
                .setUriInfo(session.getContext().getUri());
        return newBrowserAuthentication(authSession, isPassive, redirectToAuthentication, protocol);
    }
}
