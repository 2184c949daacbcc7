package io.tenantry.token;

import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.Constants;

/** Which of the roles that somebody has in a tenant its tokens list. */
final class TenantRoleRules {
    private final RoleSource source;
    private final String prefix;
    private final String clientId;

    /**
     * Applies a mapper's settings to one client's tokens.
     *
     * @param issuedTo the client that the token is for: its roles are meant where the settings name no client
     */
    TenantRoleRules(TenantClaimsSettings settings, String issuedTo) {
        this(settings.roleSource(), settings.rolesClient(), settings.rolesPrefix(), issuedTo);
    }

    /** The same for what a SAML client is told. */
    TenantRoleRules(TenantSamlSettings settings, String told) {
        this(settings.roleSource(), settings.rolesClient(), settings.rolesPrefix(), told);
    }

    private TenantRoleRules(RoleSource source, String named, String prefix, String own) {
        this.source = source;
        this.prefix = prefix;
        this.clientId = named.isEmpty() ? own : named;
    }

    /** The names to list, sorted and distinct. */
    List<String> select(Stream<HeldRole> held) {
        return held.filter(this::listed)
                .map(HeldRole::name)
                .filter(name -> name.startsWith(prefix))
                .distinct()
                .sorted()
                .toList();
    }

    private boolean listed(HeldRole role) {
        String owner = role.clientId();
        return owner == null
                ? source.realmRoles() && !isKeycloaksOwn(role.name())
                : source.clientRoles() && owner.equals(clientId);
    }

    /** Realm roles that every user has for Keycloak's own sake; they say nothing about a tenant. */
    private static boolean isKeycloaksOwn(String name) {
        return name.equals(Constants.OFFLINE_ACCESS_ROLE)
                || name.equals(Constants.AUTHZ_UMA_AUTHORIZATION)
                || name.startsWith(Constants.DEFAULT_ROLES_ROLE_PREFIX + "-");
    }
}
