package io.tenantry.tenant;

import io.tenantry.contract.TenantClaims;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What the events of a sign-in say about its tenant: the id alone. */
public final class SignInEvents {
    private SignInEvents() {}

    /**
     * Names the tenant that was settled on. To be called in the request that ends the sign-in: required actions and
     * identity providers each bring a request, and an event, of their own. Without {@code tenant-access} in the flow the
     * choice may be of a tenant that the user is not in; no token will be for it, and the event does not name it.
     */
    public static void name(
            KeycloakSession session, AuthenticationSessionModel signIn, UserModel user, EventBuilder event) {
        Tenants tenants = new Tenants(session);
        Optional<String> chosen = ChosenOrganization.of(signIn);
        Optional<TenantId> tenant = chosen.isEmpty()
                ? tenants.dedicated().flatMap(RealmTenant::usableId)
                : chosen.flatMap(tenants::byOrganizationId)
                        .filter(named -> tenants.isMember(named, user))
                        .map(Tenant::id);
        tenant.ifPresent(id -> event.detail(TenantClaims.TENANT_ID, id.value()));
    }
}
