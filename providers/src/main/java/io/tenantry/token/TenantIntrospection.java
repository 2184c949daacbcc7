package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;

/** What introspection asks before it says that a verified token is active. */
final class TenantIntrospection {
    private final KeycloakSession session;
    private final EventBuilder event;

    TenantIntrospection(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.event = event;
    }

    /** Whether the token's tenant is still its user's; binds what mappers go on to tell to that tenant. */
    boolean stillHeld(AccessToken token, ClientModel issuedTo, UserModel user) {
        if (!new Tenants(session).shared()
                || TenantMappers.reachableFrom(issuedTo).findAny().isEmpty()) {
            return true;
        }
        PresentedTenant presented = PresentedTenant.of(token, issuedTo);
        presented.bind(session);
        TenantId tenant = presented.tenant();
        if (tenant == null || new ActiveTenants(session).holds(tenant, user, issuedTo)) {
            return true;
        }
        TenantEvents.name(event, Optional.of(tenant));
        event.detail(Details.REASON, TenantRefusal.LOST.description());
        event.error(TenantRefusal.LOST.eventError());
        return false;
    }
}
