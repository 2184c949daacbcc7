package io.tenantry.token;

import io.tenantry.tenant.SessionTenants;
import io.tenantry.time.ServerClock;
import java.util.Objects;
import org.keycloak.Config;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.dom.saml.v2.protocol.StatusResponseType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Lets a SAML response go only if it keeps its promises about tenants: the last to see each one, after all mappers,
 * whichever door it leaves by. What it throws ends the sign-in without an assertion.
 */
public final class TenantSamlResponses implements SamlAuthenticationPreprocessor {
    /** The id in the server's information. */
    public static final String ID = "tenantry-saml-responses";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public SamlAuthenticationPreprocessor create(KeycloakSession session) {
        return this;
    }

    @Override
    public StatusResponseType beforeSendingResponse(
            StatusResponseType response, AuthenticatedClientSessionModel clientSession) {
        if (!(response instanceof ResponseType assertions)) {
            // No other kind of response carries an assertion
            return response;
        }
        KeycloakSession session =
                Objects.requireNonNull(KeycloakSessionUtil.getKeycloakSession(), "a response is made within a session");
        TenantSamlGate gate = new TenantSamlGate(session);
        return gate.answer(clientSession)
                .match(
                        () -> response,
                        told -> {
                            new TenantSamlAttributes(told).rewrite(assertions);
                            told.tenant()
                                    .ifPresent(tenant -> SessionTenants.note(
                                            session,
                                            clientSession,
                                            tenant.id(),
                                            ServerClock.INSTANCE.instant().getEpochSecond(),
                                            false));
                            return response;
                        },
                        refused -> {
                            gate.refuse(clientSession, refused);
                            throw new IllegalStateException("no assertion is made: " + refused.reason());
                        });
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
