package io.tenantry.token;

import io.tenantry.tenant.ChosenOrganization;
import io.tenantry.tenant.Tenant;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.services.ErrorPage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's SAML, which shows people a page where their sign-in is refused for its tenant. What protects is
 * {@link TenantSamlResponses}, which asks the same gate: a page cannot be shown from there.
 */
final class TenantSamlProtocol extends SamlProtocol {
    TenantSamlProtocol(KeycloakSession session) {
        setSession(session);
    }

    @Override
    public Response authenticated(
            AuthenticationSessionModel authSession, UserSessionModel userSession, ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        if (ChosenOrganization.of(authSession).isEmpty()) {
            // Left from an earlier sign-in: Keycloak adds the notes of each to those of the one before
            ChosenOrganization.forget(clientSession);
        }
        TenantSamlGate gate = new TenantSamlGate(session);
        return gate.answer(clientSession)
                .match(
                        () -> super.authenticated(authSession, userSession, context),
                        told -> {
                            TenantEvents.name(event, told.tenant().map(Tenant::id));
                            return super.authenticated(authSession, userSession, context);
                        },
                        refused -> {
                            gate.refuse(clientSession, refused);
                            // The page must not be dressed as that of an organization that was merely named
                            ChosenOrganization.leave(session);
                            return ErrorPage.error(
                                    session, authSession, Response.Status.FORBIDDEN, message(refused.refusal()));
                        });
    }

    private static String message(TenantRefusal refusal) {
        return switch (refusal) {
            case STEP_UP_NEEDED, VOUCHED_ELSEWHERE -> "tenantOtherLogin";
            case MISCONFIGURED -> "tenantMisconfigured";
            case AMBIGUOUS -> "tenantSeveral";
            case LOST, REVOKED, OVERTAKEN, MISSING, UNAVAILABLE, PINNED, SWITCH_FORBIDDEN, TOO_LARGE ->
                "tenantNotServed";
        };
    }
}
