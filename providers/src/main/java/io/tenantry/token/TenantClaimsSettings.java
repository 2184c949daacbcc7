package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import java.util.Map;
import java.util.Set;

/**
 * How a {@value TenantClaimsMapper#PROVIDER_ID} is set up.
 *
 * @param idClaim the claim that holds the tenant's id
 * @param rolesClaim the claim that holds the roles
 * @param roleSource which roles are listed
 * @param rolesClient the client whose roles are listed, by client id; empty for the client that the token is issued to
 * @param rolesPrefix what a role's name must start with to be listed; empty for every role
 * @param required whether a token without a tenant is refused
 * @param budget how large the access token may be
 */
record TenantClaimsSettings(
        String idClaim,
        String rolesClaim,
        RoleSource roleSource,
        String rolesClient,
        String rolesPrefix,
        boolean required,
        ByteBudget budget) {
    /** Claims that mean something else already, to OAuth, OpenID Connect or Keycloak. */
    private static final Set<String> TAKEN = Set.of(
            "acr",
            "act",
            "aud",
            "auth_time",
            "authorization",
            "azp",
            "client_id",
            "cnf",
            "email",
            "email_verified",
            "exp",
            "groups",
            "iat",
            "iss",
            "jti",
            "nbf",
            "nonce",
            "organization",
            "preferred_username",
            "realm_access",
            "resource_access",
            "scope",
            "session_state",
            "sid",
            "sub",
            "typ");

    TenantClaimsSettings {
        requireClaim(TenantClaimsSetting.ID_CLAIM, idClaim);
        requireClaim(TenantClaimsSetting.ROLES_CLAIM, rolesClaim);
        TenantClaimsSetting.ROLES_CLAIM.requireOther(rolesClaim, TenantClaimsSetting.ID_CLAIM, idClaim);
        TenantClaimsSetting.ROLES_CLIENT.requireShort(rolesClient);
        TenantClaimsSetting.ROLES_PREFIX.requireShort(rolesPrefix);
    }

    /**
     * Reads a mapper's configuration.
     *
     * @throws InvalidSettingException if a value cannot be used
     */
    static TenantClaimsSettings of(Map<String, String> config) {
        return new TenantClaimsSettings(
                TenantClaimsSetting.ID_CLAIM.in(config),
                TenantClaimsSetting.ROLES_CLAIM.in(config),
                RoleSource.of(TenantClaimsSetting.ROLES_SOURCE.key(), TenantClaimsSetting.ROLES_SOURCE.in(config)),
                TenantClaimsSetting.ROLES_CLIENT.in(config),
                TenantClaimsSetting.ROLES_PREFIX.in(config),
                TenantClaimsSetting.REQUIRED.flagIn(config),
                new ByteBudget(
                        bytes(TenantClaimsSetting.BYTES_WARN, config), bytes(TenantClaimsSetting.BYTES_LIMIT, config)));
    }

    /** Whether a name means something else already. */
    static boolean taken(String name) {
        return TAKEN.contains(name);
    }

    private static int bytes(TenantClaimsSetting setting, Map<String, String> config) {
        String text = setting.in(config);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(
                    setting.key(), text, "write a number of bytes from 1 to " + ByteBudget.MAX);
        }
    }

    private static void requireClaim(TenantClaimsSetting setting, String name) {
        setting.requireName(name, "a claim");
        if (taken(name)) {
            throw new InvalidSettingException(setting.key(), name, "that claim has a meaning already, choose another");
        }
    }
}
