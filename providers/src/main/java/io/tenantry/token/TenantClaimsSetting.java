package io.tenantry.token;

import io.tenantry.contract.TenantClaims;
import org.keycloak.provider.ProviderConfigProperty;

/** A setting of the {@value TenantClaimsMapper#PROVIDER_ID}. */
enum TenantClaimsSetting implements MapperSetting {
    ID_CLAIM("tenant.id.claim", ProviderConfigProperty.STRING_TYPE, TenantClaims.TENANT_ID),
    ROLES_CLAIM("tenant.roles.claim", ProviderConfigProperty.STRING_TYPE, TenantClaims.TENANT_ROLES),
    ROLES_SOURCE("tenant.roles.source", ProviderConfigProperty.LIST_TYPE, RoleSource.REALM_ROLES.setting()),
    ROLES_CLIENT("tenant.roles.client", ProviderConfigProperty.CLIENT_LIST_TYPE, ""),
    ROLES_PREFIX("tenant.roles.prefix", ProviderConfigProperty.STRING_TYPE, ""),
    REQUIRED("tenant.required", ProviderConfigProperty.BOOLEAN_TYPE, "false"),
    BYTES_WARN("tenant.bytes.warn", ProviderConfigProperty.INTEGER_TYPE, "1024"),
    BYTES_LIMIT("tenant.bytes.limit", ProviderConfigProperty.INTEGER_TYPE, "4096");

    private final String key;
    private final String type;
    private final String defaultValue;

    TenantClaimsSetting(String key, String type, String defaultValue) {
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
