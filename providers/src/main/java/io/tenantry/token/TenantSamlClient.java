package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.HostPattern;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.protocol.mappers.saml.OrganizationMembershipMapper;
import org.keycloak.protocol.saml.SamlProtocol;

/**
 * What a SAML client's configuration says about tenants.
 *
 * @param tells the settings of its mappers
 * @param tenants which tenants it works for
 * @param organizations whether Keycloak's own mapper tells it of organizations
 */
record TenantSamlClient(List<TenantSamlSettings> tells, ClientTenants tenants, boolean organizations) {
    TenantSamlClient {
        tells = List.copyOf(tells);
    }

    /**
     * Reads it.
     *
     * @throws InvalidSettingException if one of our mappers cannot be used
     */
    static TenantSamlClient of(ClientModel client) {
        List<ProtocolMapperModel> always = TenantMappers.alwaysPassed(client).toList();
        return new TenantSamlClient(
                always.stream()
                        .filter(TenantSamlMapper::is)
                        .map(mapper -> TenantSamlSettings.of(TenantMappers.config(mapper)))
                        .toList(),
                ClientTenants.of(client),
                always.stream().anyMatch(TenantSamlClient::isKeycloaks));
    }

    static boolean isKeycloaks(ProtocolMapperModel mapper) {
        return OrganizationMembershipMapper.ID.equals(mapper.getProtocolMapper());
    }

    /** Whether any of our settings is about this client. */
    boolean concerned() {
        return !tells.isEmpty() || !tenants.all();
    }

    /** Whether nobody signs in to it without a tenant. */
    boolean required() {
        return !tenants.all() || tells.stream().anyMatch(TenantSamlSettings::required);
    }

    /** Whether a client is one of SAML that nobody signs in to without a tenant; so it is if its settings cannot be read. */
    static boolean requiresTenant(ClientModel client) {
        if (!SamlProtocol.LOGIN_PROTOCOL.equals(client.getProtocol())) {
            return false;
        }
        try {
            return of(client).required();
        } catch (InvalidSettingException unusable) {
            return true;
        }
    }

    /** The names of attributes that are ours alone: only a client that has settings of ours takes them for ours. */
    Set<String> reserved() {
        Set<String> names = new HashSet<>();
        if (concerned()) {
            names.add(TenantSamlSetting.ID_ATTRIBUTE.defaultValue());
            names.add(TenantSamlSetting.ROLES_ATTRIBUTE.defaultValue());
        }
        tells.stream().flatMap(TenantSamlSettings::attributes).forEach(names::add);
        return names;
    }

    /**
     * Whether a realm uses the pack for its tenants, so that its SAML clients are held to one tenant without any setting
     * of their own: a client scope of it has one of our mappers, its browser flow has our step, or its host names stand
     * for tenants. Read from what Keycloak caches; mappers of single clients are not searched for.
     */
    static boolean inUse(RealmModel realm) {
        return realm.getAttribute(HostPattern.ATTRIBUTE) != null
                || realm.getClientScopesStream()
                        .flatMap(scope -> scope.getProtocolMappersStream())
                        .anyMatch(TenantSamlClient::isOurs)
                || Optional.ofNullable(realm.getBrowserFlow())
                        .map(AuthenticationFlowModel::getId)
                        .map(flow -> new LoginFlow("", FlowStep.of(realm, flow)))
                        .filter(flow -> flow.access() != LoginFlow.Access.ABSENT)
                        .isPresent();
    }

    private static boolean isOurs(ProtocolMapperModel mapper) {
        return TenantMappers.isTenantMapper(mapper)
                || TenantMappers.isClientRules(mapper)
                || TenantSamlMapper.is(mapper);
    }
}
