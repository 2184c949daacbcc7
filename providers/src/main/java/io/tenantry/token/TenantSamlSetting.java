package io.tenantry.token;

import io.tenantry.contract.TenantClaims;
import java.util.List;
import java.util.Map;
import org.keycloak.provider.ProviderConfigProperty;

/** A setting of the {@value TenantSamlMapper#PROVIDER_ID}: what the console shows and what the parser reads. */
enum TenantSamlSetting {
    ID_ATTRIBUTE("tenant.id.attribute", ProviderConfigProperty.STRING_TYPE, TenantClaims.TENANT_ID),
    ROLES_ATTRIBUTE("tenant.roles.attribute", ProviderConfigProperty.STRING_TYPE, TenantClaims.TENANT_ROLES),
    ROLES_SOURCE("tenant.roles.source", ProviderConfigProperty.LIST_TYPE, RoleSource.REALM_ROLES.setting()),
    ROLES_CLIENT("tenant.roles.client", ProviderConfigProperty.CLIENT_LIST_TYPE, ""),
    ROLES_PREFIX("tenant.roles.prefix", ProviderConfigProperty.STRING_TYPE, ""),
    ALLOWED(WrittenTenants.ALLOWED, ProviderConfigProperty.TEXT_TYPE, ""),
    REQUIRED("tenant.required", ProviderConfigProperty.BOOLEAN_TYPE, "false");

    private final String key;
    private final String type;
    private final String defaultValue;

    TenantSamlSetting(String key, String type, String defaultValue) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
    }

    /** The name under which the mapper's configuration holds it. */
    String key() {
        return key;
    }

    String defaultValue() {
        return defaultValue;
    }

    /** What the admin wrote, without surrounding space; the default where nothing was written. */
    String in(Map<String, String> config) {
        String written = config.get(key);
        return written == null || written.isBlank() ? defaultValue : written.strip();
    }

    /** Its field in the console; label and help text are keys of the message bundle. */
    ProviderConfigProperty property() {
        ProviderConfigProperty property =
                new ProviderConfigProperty(key, key + ".label", key + ".help", type, defaultValue);
        if (this == ROLES_SOURCE) {
            property.setOptions(List.of(
                    RoleSource.REALM_ROLES.setting(), RoleSource.CLIENT_ROLES.setting(), RoleSource.BOTH.setting()));
        }
        return property;
    }
}
