package io.tenantry.token;

import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /**
     * Whether no operator has ended the token, and its tenant is still its user's; binds what mappers go on to tell to
     * that tenant.
     */
    boolean stillHeld(AccessToken token, ClientModel issuedTo, UserModel user) {
        Tenants tenants = new Tenants(session);
        PresentedTenant presented = PresentedTenant.of(token, issuedTo);
        @Nullable TenantId issuedFor = tenants.issuedFor(presented.tenant());
        if (IssueCutoffs.end(session, token, user, issuedTo, issuedFor)) {
            return refused(TenantRefusal.REVOKED, Optional.ofNullable(issuedFor));
        }
        if (!tenants.shared() || !TenantMappers.concern(issuedTo)) {
            return true;
        }
        presented.bind(session);
        TenantId tenant = presented.tenant();
        if (tenant == null || new ActiveTenants(session).holds(tenant, user, issuedTo)) {
            return true;
        }
        return refused(TenantRefusal.LOST, Optional.of(tenant));
    }

    private boolean refused(TenantRefusal refusal, Optional<TenantId> tenant) {
        TenantEvents.name(event, tenant);
        event.detail(Details.REASON, refusal.description());
        event.error(refusal.eventError());
        return false;
    }
}
