package io.tenantry.token;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationScope;

/** Finds the one tenant that the tokens of a request are for; asked once a request, whichever documents tell it. */
final class ActiveTenants {
    private final KeycloakSession session;
    private final Tenants tenants;

    ActiveTenants(KeycloakSession session) {
        this.session = session;
        this.tenants = new Tenants(session);
    }

    ActiveTenant of(ClientSessionContext context) {
        ActiveTenant known = context.getAttribute(ActiveTenant.class.getName(), ActiveTenant.class);
        if (known == null) {
            known = find(context, context.getClientSession().getUserSession().getUser());
            context.setAttribute(ActiveTenant.class.getName(), known);
        }
        return known;
    }

    /** Whether a user may act in a tenant at this moment: it exists, is enabled, and has the user as a member. */
    boolean holds(TenantId id, UserModel user) {
        return tenants.byId(id)
                .filter(tenant -> tenant.enabled() && tenants.isMember(tenant, user))
                .isPresent();
    }

    private ActiveTenant find(ClientSessionContext context, UserModel user) {
        Optional<TenantId> dedicated = tenants.dedicated().map(Tenant::id);
        if (dedicated.isPresent()) {
            return new ActiveTenant.Present(dedicated.get());
        }
        Optional<PresentedTenant> presented = PresentedTenant.in(session);
        @Nullable TenantId pinned = presented.map(PresentedTenant::tenant).orElse(null);
        OrganizationScope scope = OrganizationScope.valueOfScope(session, context.getScopeString(true));
        return new ActiveTenantRules(id -> holds(id, user))
                .decide(
                        pinned,
                        scope == null || presented.isPresent() ? null : chosen(),
                        scope == null ? List.of() : requested(scope, context, user, presented.isPresent()),
                        null);
    }

    private @Nullable TenantId chosen() {
        OrganizationModel organization = session.getContext().getOrganization();
        return organization == null ? null : new OrganizationTenant(organization).id();
    }

    /** At most two: more would change nothing, and a user may be in thousands. */
    private List<TenantId> requested(
            OrganizationScope scope, ClientSessionContext context, UserModel user, boolean presented) {
        // With a token at hand the plain scope must not fall back on the choice kept in the client session: all tabs
        // share that one, and the last to choose would change the tenant of the others (#42836).
        Stream<OrganizationModel> organizations = presented && scope == OrganizationScope.ANY
                ? tenants.ofMember(user)
                        .filter(Tenant::enabled)
                        .map(tenant -> ((OrganizationTenant) tenant).organization())
                : scope.resolveOrganizations(user, context.getScopeString(true), session);
        List<TenantId> found = organizations
                .map(organization -> new OrganizationTenant(organization).id())
                .limit(2)
                .toList();
        return presented && scope == OrganizationScope.ANY && found.size() > 1 ? List.of() : found;
    }
}
