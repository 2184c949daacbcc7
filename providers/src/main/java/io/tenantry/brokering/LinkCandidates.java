package io.tenantry.brokering;

import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** Reads from the session what the link rules need to know of an account. */
final class LinkCandidates {
    private LinkCandidates() {}

    static LinkCandidate of(KeycloakSession session, @Nullable Tenant tenant, UserModel user) {
        Tenants tenants = new Tenants(session);
        return new LinkCandidate(
                user.isEnabled(),
                // A provider of the whole realm vouches for all of its tenants' people
                tenant == null || tenants.isMember(tenant, user),
                tenant != null
                        && tenants.ofMember(user).anyMatch(other -> !other.id().equals(tenant.id())),
                administrator(session.getContext().getRealm(), user),
                user.isEmailVerified());
    }

    private static boolean administrator(RealmModel realm, UserModel user) {
        Stream<RoleModel> management = Optional.ofNullable(
                        realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID))
                .map(ClientModel::getRolesStream)
                .orElse(Stream.empty());
        // Elsewhere a role of this name is the application's own
        Stream<RoleModel> master = realm.getName().equals(Config.getAdminRealm())
                ? Stream.of(AdminRoles.ADMIN, AdminRoles.CREATE_REALM)
                        .map(realm::getRole)
                        .filter(Objects::nonNull)
                : Stream.empty();
        return Stream.concat(management, master).anyMatch(user::hasRole);
    }
}
