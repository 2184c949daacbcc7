package io.tenantry.token;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
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

    /**
     * Whether a user may act in a tenant through a client at this moment: it exists, is enabled, has the user as a
     * member and lets the client serve it.
     */
    boolean holds(TenantId id, UserModel user, ClientModel client) {
        return ClientTenants.of(client).allow(id)
                && byId(id).filter(tenant -> tenant.enabled() && tenants.isMember(tenant, user))
                        .isPresent();
    }

    /** The tenant with this id, disabled or not; empty if there is none. */
    Optional<Tenant> byId(TenantId id) {
        KnownAliases known = known();
        OrganizationModel settled = session.getContext().getOrganization();
        if (settled != null && id.value().equals(settled.getAlias())) {
            known.learn(id, settled.getId());
        }
        return known.find(id, Tenant::id, tenants::byOrganizationId, alias -> {
            Optional<Tenant> found = tenants.byId(alias);
            if (found.orElse(null) instanceof OrganizationTenant shared) {
                known.learn(alias, shared.organization().getId());
            }
            return found;
        });
    }

    /** The tenants that a user may act in through a client, at most two: more would change nothing. */
    List<TenantId> held(UserModel user, ClientModel client) {
        ClientTenants allowed = ClientTenants.of(client);
        return tenants.ofMember(user)
                .filter(Tenant::enabled)
                .map(Tenant::id)
                .filter(allowed::allow)
                .limit(2)
                .toList();
    }

    private ActiveTenant find(ClientSessionContext context, UserModel user) {
        Optional<TenantId> dedicated = tenants.dedicated().map(Tenant::id);
        if (dedicated.isPresent()) {
            return new ActiveTenant.Present(dedicated.get());
        }
        ClientModel client = context.getClientSession().getClient();
        Optional<PresentedTenant> presented = PresentedTenant.in(session);
        OrganizationScope scope = OrganizationScope.valueOfScope(session, context.getScopeString(true));
        return new ActiveTenantRules(id -> holds(id, user, client))
                .decide(
                        presented.map(PresentedTenant::tenant).orElse(null),
                        scope == null || presented.isPresent() ? null : chosen(),
                        () -> scope == null ? List.of() : requested(scope, context, user, client, presented),
                        scope == null && presented.isEmpty() ? sole(user, client) : null);
    }

    /** By realm: a session can turn to another one. */
    private KnownAliases known() {
        String key = KnownAliases.class.getName()
                + '.'
                + session.getContext().getRealm().getId();
        KnownAliases known = session.getAttribute(key, KnownAliases.class);
        if (known == null) {
            known = new KnownAliases();
            session.setAttribute(key, known);
        }
        return known;
    }

    private @Nullable TenantId chosen() {
        OrganizationModel organization = session.getContext().getOrganization();
        return organization == null ? null : new OrganizationTenant(organization).id();
    }

    private List<TenantId> requested(
            OrganizationScope scope,
            ClientSessionContext context,
            UserModel user,
            ClientModel client,
            Optional<PresentedTenant> presented) {
        if (presented.isPresent() && scope != OrganizationScope.SPECIFIC) {
            // With a token at hand the plain scope must not fall back on the choice kept in the client session: all
            // tabs share that one, and the last to choose would change the tenant of the others (#42836).
            List<TenantId> held = presented.get().mayGain() ? held(user, client) : List.of();
            return held.size() == 1 ? held : List.of();
        }
        ClientTenants allowed = ClientTenants.of(client);
        return scope.resolveOrganizations(user, context.getScopeString(true), session)
                .map(organization -> new OrganizationTenant(organization).id())
                .filter(allowed::allow)
                .limit(2)
                .toList();
    }

    /** The tenant that need not be asked for: the one that owns the client, or its service account's only one. */
    private @Nullable TenantId sole(UserModel user, ClientModel client) {
        Optional<TenantId> owner = ClientTenants.of(client).owner();
        if (owner.isPresent() || user.getServiceAccountClientLink() == null) {
            return owner.orElse(null);
        }
        List<TenantId> held = held(user, client);
        return held.size() == 1 ? held.get(0) : null;
    }
}
