package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

    /** The mappers that the tokens of this request pass through; none where tenants are none of the client's concern. */
    static Stream<ProtocolMapperModel> inForce(ClientSessionContext context) {
        return context.getProtocolMappersStream().filter(TenantMappers::isTenantMapper);
    }

    /** Whether one of them wants a tenant in every token. */
    static boolean required(ClientSessionContext context) {
        return inForce(context).map(TenantMappers::settings).anyMatch(TenantClaimsSettings::required);
    }

    /** The smallest of their budgets; empty where there is none. */
    static Optional<ByteBudget> budget(ClientSessionContext context) {
        return inForce(context)
                .map(mapper -> settings(mapper).budget())
                .reduce((one, other) ->
                        new ByteBudget(Math.min(one.warn(), other.warn()), Math.min(one.limit(), other.limit())));
    }

    /**
     * A mapper's settings.
     *
     * @throws InvalidSettingException if one cannot be used
     */
    static TenantClaimsSettings settings(ProtocolMapperModel mapper) {
        return TenantClaimsSettings.of(config(mapper));
    }

    /** The claims that a mapper writes; none if its settings cannot be used. */
    static Stream<String> claims(ProtocolMapperModel mapper) {
        try {
            TenantClaimsSettings settings = settings(mapper);
            return Stream.of(settings.idClaim(), settings.rolesClaim());
        } catch (InvalidSettingException e) {
            return Stream.empty();
        }
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

    /**
     * Checks that the client is there whose roles are asked for.
     *
     * @param rolesClient by client id; empty for none in particular
     * @throws InvalidSettingException if it is not
     */
    static void requireClient(MapperSetting setting, String rolesClient, Predicate<String> exists) {
        if (!rolesClient.isEmpty() && !exists.test(rolesClient)) {
            throw new InvalidSettingException(
                    setting.key(), rolesClient, "name a client of this realm, by its client id");
        }
    }

    /**
     * Checks that the tenants are there for which a client is said to work.
     *
     * @throws InvalidSettingException if one is not, or the settings cannot be read
     */
    static void requireTenants(Tenants tenants, ProtocolMapperModel mapper) {
        WrittenSettings.tenantsOfClient(config(mapper)).stream()
                .filter(alias -> tenants.byId(new TenantId(alias)).isEmpty())
                .findFirst()
                .ifPresent(alias -> {
                    throw new InvalidSettingException(
                            WrittenTenants.ALLOWED, alias, "write the alias of an organization of this realm");
                });
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
