package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/** What events say about tenants: the id alone. */
final class TenantEvents {
    /** The detail that holds the tenant's id. */
    static final String TENANT_ID = "tenant_id";

    private static final Map<String, EventType> BY_GRANT = Map.of(
            OAuth2Constants.AUTHORIZATION_CODE, EventType.CODE_TO_TOKEN,
            OAuth2Constants.REFRESH_TOKEN, EventType.REFRESH_TOKEN,
            OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE, EventType.TOKEN_EXCHANGE,
            OAuth2Constants.CLIENT_CREDENTIALS, EventType.CLIENT_LOGIN);

    private TenantEvents() {}

    static void name(EventBuilder event, Optional<TenantId> tenant) {
        tenant.ifPresent(id -> event.detail(TENANT_ID, id.value()));
    }

    /** Reports a refusal that Keycloak reports none for: an interceptor's error ends a grant without an event. */
    static void refused(
            KeycloakSession session, ClientSessionContext context, TenantRefusal refusal, String description) {
        UserSessionModel userSession = context.getClientSession().getUserSession();
        String grant = context.getAttribute(Constants.GRANT_TYPE, String.class);
        new EventBuilder(userSession.getRealm(), session, session.getContext().getConnection())
                .event(grant == null ? EventType.LOGIN : BY_GRANT.getOrDefault(grant, EventType.LOGIN))
                .client(context.getClientSession().getClient())
                .user(userSession.getUser())
                .session(userSession)
                .detail(Details.REASON, description)
                .error(refusal.eventError());
    }
}
