package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a {@value TenantSamlMapper#PROVIDER_ID} is set up.
 *
 * @param idAttribute the attribute that holds the tenant's id
 * @param rolesAttribute the attribute that lists the roles
 * @param roleSource which roles are listed
 * @param rolesClient the client whose roles are listed, by client id; empty for the client that is told of them
 * @param rolesPrefix what a role's name must start with to be listed; empty for every role
 * @param required whether a sign-in without a tenant is refused
 */
record TenantSamlSettings(
        String idAttribute,
        String rolesAttribute,
        RoleSource roleSource,
        String rolesClient,
        String rolesPrefix,
        boolean required) {
    /** The attribute that Keycloak's organization mapper writes. */
    static final String ORGANIZATION = "organization";

    TenantSamlSettings {
        requireName(TenantSamlSetting.ID_ATTRIBUTE, idAttribute);
        requireName(TenantSamlSetting.ROLES_ATTRIBUTE, rolesAttribute);
        TenantSamlSetting.ROLES_ATTRIBUTE.requireOther(rolesAttribute, TenantSamlSetting.ID_ATTRIBUTE, idAttribute);
        TenantSamlSetting.ROLES_CLIENT.requireShort(rolesClient);
        TenantSamlSetting.ROLES_PREFIX.requireShort(rolesPrefix);
    }

    /**
     * Reads a mapper's configuration.
     *
     * @throws InvalidSettingException if a value cannot be used
     */
    static TenantSamlSettings of(Map<String, String> config) {
        return new TenantSamlSettings(
                TenantSamlSetting.ID_ATTRIBUTE.in(config),
                TenantSamlSetting.ROLES_ATTRIBUTE.in(config),
                RoleSource.of(TenantSamlSetting.ROLES_SOURCE.key(), TenantSamlSetting.ROLES_SOURCE.in(config)),
                TenantSamlSetting.ROLES_CLIENT.in(config),
                TenantSamlSetting.ROLES_PREFIX.in(config),
                TenantSamlSetting.REQUIRED.flagIn(config));
    }

    /** Whether a name means something else already. */
    static boolean taken(String name) {
        return name.equals(ORGANIZATION);
    }

    /** The names of its attributes. */
    Stream<String> attributes() {
        return Stream.of(idAttribute, rolesAttribute);
    }

    private static void requireName(TenantSamlSetting setting, String name) {
        setting.requireName(name, "an attribute");
        if (taken(name)) {
            throw new InvalidSettingException(
                    setting.key(), name, "Keycloak's organization mapper writes that attribute, choose another");
        }
    }
}
