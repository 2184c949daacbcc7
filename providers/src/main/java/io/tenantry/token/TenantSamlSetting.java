package io.tenantry.token;

import io.tenantry.contract.TenantClaims;
import org.keycloak.provider.ProviderConfigProperty;

/** A setting of the {@value TenantSamlMapper#PROVIDER_ID}. */
enum TenantSamlSetting implements MapperSetting {
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

    @Override
    public String key() {
        return key;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public String defaultValue() {
        return defaultValue;
    }
}
