package io.tenantry.token;

import io.tenantry.tenant.ChosenOrganization;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.tokenexchange.StandardTokenExchangeProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Keycloak's token exchange, kept in the subject token's tenant. Keycloak never compares the two: a token for one tenant and
 * the scope of another give a token for the other.
 */
final class TenantTokenExchangeProvider extends StandardTokenExchangeProvider {
    @Override
    protected Response exchangeClientToClient(
            UserModel user, UserSessionModel userSession, AccessToken subject, boolean holderOnly) {
        ClientModel issuedTo = realm.getClientByClientId(subject.getIssuedFor());
        TenantNames names = TenantNames.of(session, client);
        if (names.concerned() || TenantNames.of(session, issuedTo).concerned()) {
            bind(
                    user,
                    userSession,
                    PresentedTenant.of(session, subject, issuedTo, PresentedTenant.Use.EXCHANGE),
                    names);
        }
        return super.exchangeClientToClient(user, userSession, subject, holderOnly);
    }

    /** Before anything is made: the gate decides again, and would refuse without telling the event. */
    private void bind(UserModel user, UserSessionModel userSession, PresentedTenant presented, TenantNames names) {
        presented.bind(session);
        TenantObstacles obstacles = new TenantObstacles(session, client, user);
        String scope = formParams.getFirst(OAuth2Constants.SCOPE);
        TenantChoice choice = RequestTenant.ofPresented(
                presented,
                obstacles,
                new TenantChoiceRules(
                        id -> obstacles.toIssue(id, userSession, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE)),
                names,
                scope,
                false);
        choice.refusal().ifPresent(refusal -> {
            throw refused(refusal, scope);
        });
        TenantEvents.name(event, choice.tenant());
        // Keycloak's own mapper and interceptor then speak of the same organization
        choice.tenant().flatMap(obstacles::tenant).ifPresent(tenant -> ChosenOrganization.enter(session, tenant));
    }

    private CorsErrorResponseException refused(TenantRefusal refusal, @Nullable String scope) {
        String description = refusal.description(scope);
        event.detail(Details.REASON, description);
        event.error(refusal.eventError());
        return new CorsErrorResponseException(cors, refusal.error(), description, Response.Status.BAD_REQUEST);
    }
}
