package io.tenantry.saml;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.dom.saml.v2.protocol.LogoutRequestType;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Tells of a session that an identity provider ends by a LogoutRequest, with the event that any other logout has: since
 * 26.7 at least the server emits none, and so neither auditors nor those who still hold its tokens would know.
 */
public final class BrokerLogoutEvents implements SamlAuthenticationPreprocessor {
    /** The id in the server's information. */
    public static final String ID = "tenantry-broker-logout";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public SamlAuthenticationPreprocessor create(KeycloakSession session) {
        return this;
    }

    @Override
    public LogoutRequestType beforeProcessingLogoutRequest(
            LogoutRequestType request,
            UserSessionModel userSession,
            @Nullable AuthenticatedClientSessionModel clientSession) {
        // With a client session it is an application's request, which has its event
        if (clientSession == null) {
            KeycloakSession session = Objects.requireNonNull(
                    KeycloakSessionUtil.getKeycloakSession(), "a logout is processed within a session");
            new EventBuilder(
                            userSession.getRealm(),
                            session,
                            session.getContext().getConnection())
                    .event(EventType.LOGOUT)
                    .user(userSession.getUser())
                    .session(userSession)
                    .detail(Details.IDENTITY_PROVIDER, userSession.getNote(Details.IDENTITY_PROVIDER))
                    .success();
        }
        return request;
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to prepare
    }

    @Override
    public void close() {
        // Holds nothing
    }
}
