package io.tenantry.token;

import io.tenantry.tenant.Tenants;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.saml.mappers.AbstractSAMLProtocolMapper;
import org.keycloak.protocol.saml.mappers.AttributeStatementHelper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The protocol mapper with which an administrator says in the console what a SAML client is told of the tenant that a
 * sign-in is for, and which tenants the client works for. It holds settings alone: {@link TenantSamlResponses} writes the
 * attributes, after all mappers, so that none writes over them.
 */
public final class TenantSamlMapper extends AbstractSAMLProtocolMapper {
    /** The id under which a realm's configuration names it. */
    public static final String PROVIDER_ID = "tenant-saml-attributes";

    static boolean is(ProtocolMapperModel mapper) {
        return PROVIDER_ID.equals(mapper.getProtocolMapper());
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Tenant and its roles";
    }

    @Override
    public String getDisplayCategory() {
        return AttributeStatementHelper.ATTRIBUTE_STATEMENT_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Says which one tenant an assertion is for and which roles its user has there, keeps other tenants out, and"
                + " says which tenants the client works for: people of others cannot sign in to it.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return Stream.of(TenantSamlSetting.values())
                .map(TenantSamlSetting::property)
                .toList();
    }

    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        Tenants tenants = new Tenants(session);
        TenantMappers.requireUsable(() -> {
            TenantMappers.requireClient(
                    TenantSamlSetting.ROLES_CLIENT,
                    TenantSamlSettings.of(TenantMappers.config(mapper)).rolesClient(),
                    clientId -> realm.getClientByClientId(clientId) != null);
            TenantMappers.requireTenants(tenants, mapper);
        });
    }
}
