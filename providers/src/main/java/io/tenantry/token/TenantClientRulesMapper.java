package io.tenantry.token;

import io.tenantry.tenant.Tenants;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The protocol mapper with which an administrator says in the console which tenants a client works for: Keycloak's
 * console shows no attributes of clients. It maps nothing; {@link ClientTenants} reads it wherever a tenant is entered.
 */
public final class TenantClientRulesMapper extends AbstractOIDCProtocolMapper {
    /** The id under which a realm's configuration names it. */
    public static final String PROVIDER_ID = "tenant-client-rules";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Tenants of the client";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Says which tenants the client works for: people of others cannot sign in to it, and it gets no tokens"
                + " for them. Holds for the client that has it, or has it in a default client scope.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                property(WrittenTenants.ALLOWED, ProviderConfigProperty.TEXT_TYPE, ""),
                property(WrittenTenants.SWITCH, ProviderConfigProperty.BOOLEAN_TYPE, "false"));
    }

    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        Tenants tenants = new Tenants(session);
        TenantMappers.requireUsable(() -> TenantMappers.requireTenants(tenants, mapper));
    }

    private static ProviderConfigProperty property(String key, String type, String defaultValue) {
        return new ProviderConfigProperty(key, key + ".label", key + ".help", type, defaultValue);
    }
}
