package io.tenantry.token;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;

/** Where {@value TenantClaimsMapper#PROVIDER_ID}s are in force. */
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
        Map<String, String> config = mapper.getConfig();
        return TenantClaimsSettings.of(config == null ? Map.of() : config);
    }

    /** Whether tenants are a client's concern: some of its tokens pass through a mapper. */
    static boolean concern(@Nullable ClientModel client) {
        return client != null && reachableFrom(client).findAny().isPresent();
    }

    /** Every mapper that a client's tokens can pass through, whichever scopes are requested. */
    static Stream<ProtocolMapperModel> reachableFrom(ClientModel client) {
        Stream<ClientScopeModel> scopes = Stream.concat(
                client.getClientScopes(true).values().stream(), client.getClientScopes(false).values().stream());
        return Stream.concat(Stream.<ProtocolMapperContainerModel>of(client), scopes)
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                .filter(TenantMappers::isTenantMapper);
    }

    static boolean isTenantMapper(ProtocolMapperModel mapper) {
        return TenantClaimsMapper.PROVIDER_ID.equals(mapper.getProtocolMapper());
    }
}
