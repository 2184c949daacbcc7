package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapperConfigException;

/** Where our mappers are in force. */
final class TenantMappers {
    private TenantMappers() {}

    /** The mapper that speaks for the tokens of this request; empty where tenants are none of the client's concern. */
    static Optional<ProtocolMapperModel> inForce(ClientSessionContext context) {
        return context.getProtocolMappersStream()
                .filter(TenantMappers::isTenantMapper)
                .findFirst();
    }

    /** Its settings. */
    static TenantClaimsSettings settings(ProtocolMapperModel mapper) {
        return TenantClaimsSettings.of(config(mapper));
    }

    static Map<String, String> config(ProtocolMapperModel mapper) {
        Map<String, String> config = mapper.getConfig();
        return config == null ? Map.of() : config;
    }

    /** Whether tenants are a client's concern: some of its tokens pass through a mapper. */
    static boolean concern(@Nullable ClientModel client) {
        return client != null && reachableFrom(client).findAny().isPresent();
    }

    /**
     * Checks settings that are being saved.
     *
     * @throws ProtocolMapperConfigException if the check throws {@link InvalidSettingException}
     */
    static void requireUsable(Runnable check) throws ProtocolMapperConfigException {
        try {
            check.run();
        } catch (InvalidSettingException e) {
            // The console formats the text by its key: passed as a parameter, its quotes stay.
            throw new ProtocolMapperConfigException("tenantInvalidSetting", e.getMessage(), e.getMessage());
        }
    }

    /** Every mapper that a client's tokens can pass through, whichever scopes are requested. */
    static Stream<ProtocolMapperModel> reachableFrom(ClientModel client) {
        return Stream.concat(
                        alwaysPassed(client),
                        client.getClientScopes(false).values().stream()
                                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream))
                .filter(TenantMappers::isTenantMapper);
    }

    /** Every mapper that all of a client's tokens pass through: its own, and those of its default scopes. */
    static Stream<ProtocolMapperModel> alwaysPassed(ClientModel client) {
        return Stream.<ProtocolMapperContainerModel>concat(
                        Stream.of(client), client.getClientScopes(true).values().stream())
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream);
    }

    static boolean isClientRules(ProtocolMapperModel mapper) {
        return TenantClientRulesMapper.PROVIDER_ID.equals(mapper.getProtocolMapper());
    }

    static boolean isTenantMapper(ProtocolMapperModel mapper) {
        return TenantClaimsMapper.PROVIDER_ID.equals(mapper.getProtocolMapper());
    }
}
