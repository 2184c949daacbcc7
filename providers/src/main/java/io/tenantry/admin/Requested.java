package io.tenantry.admin;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** What a request's path or body names, or a clear answer that there is no such thing. */
final class Requested {
    private Requested() {}

    /** A user whom the caller may manage. */
    static UserModel user(KeycloakSession session, AdminPermissionEvaluator auth, String id) {
        UserModel user = session.users().getUserById(session.getContext().getRealm(), id);
        if (user == null) {
            throw new NotFoundException("No user has this id");
        }
        auth.users().requireManage(user);
        return user;
    }

    /** A tenant of a shared realm. */
    static OrganizationTenant tenant(KeycloakSession session, String alias) {
        Tenants tenants = new Tenants(session);
        if (!tenants.shared()) {
            throw ErrorResponse.error(
                    "This realm is a tenant's own: its password policy is the realm's, in the realm's settings",
                    Response.Status.CONFLICT);
        }
        if (anyTenant(session, alias) instanceof OrganizationTenant tenant) {
            return tenant;
        }
        throw new NotFoundException("No tenant has this alias");
    }

    /** A tenant of a shared realm, also where its organizations are switched off, or the one whose own the realm is. */
    static Tenant anyTenant(KeycloakSession session, String alias) {
        return Optional.of(alias)
                .filter(TenantId::possible)
                .flatMap(name -> new Tenants(session).byIdEvenSwitchedOff(new TenantId(name)))
                .orElseThrow(() -> new NotFoundException("No tenant has this alias"));
    }

    /** A client that the caller may manage, by its internal id. */
    static ClientModel client(KeycloakSession session, AdminPermissionEvaluator auth, String id) {
        ClientModel client =
                session.clients().getClientById(session.getContext().getRealm(), id);
        if (client == null) {
            throw new NotFoundException("No client has this id");
        }
        auth.clients().requireManage(client);
        return client;
    }
}
