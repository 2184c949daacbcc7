package io.tenantry.token;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyException;
import org.keycloak.services.clientregistration.policy.impl.ProtocolMappersClientRegistrationPolicy;

/**
 * Stock's policy on the mappers of registered clients, which also keeps registrants away from tenants: stock
 * lets a registrant leave a mapper out, which removes it, and set any attribute.
 */
final class TenantRegistrationPolicy extends ProtocolMappersClientRegistrationPolicy {
    private static final Set<String> ATTRIBUTES = Set.of(WrittenTenants.ALLOWED, WrittenTenants.SWITCH);

    TenantRegistrationPolicy(KeycloakSession session, ComponentModel component) {
        super(session, component);
    }

    @Override
    public void beforeRegister(ClientRegistrationContext context) throws ClientRegistrationPolicyException {
        super.beforeRegister(context);
        Map<String, String> attributes = context.getClient().getAttributes();
        if (attributes != null) {
            ATTRIBUTES.forEach(name -> require(!attributes.containsKey(name), "The attribute " + name));
        }
    }

    @Override
    public void beforeUpdate(ClientRegistrationContext context, ClientModel client)
            throws ClientRegistrationPolicyException {
        super.beforeUpdate(context, client);
        ClientRepresentation wanted = context.getClient();
        Map<String, String> attributes = wanted.getAttributes();
        if (attributes != null) {
            ATTRIBUTES.forEach(name -> require(
                    !attributes.containsKey(name) || Objects.equals(attributes.get(name), client.getAttribute(name)),
                    "The attribute " + name));
        }
        List<ProtocolMapperRepresentation> mappers = wanted.getProtocolMappers();
        if (mappers != null) {
            client.getProtocolMappersStream()
                    .filter(TenantRegistrationPolicy::ours)
                    .forEach(mapper -> require(
                            mappers.stream().anyMatch(other -> same(mapper, other)), "The mapper " + mapper.getName()));
        }
        List<String> scopes = wanted.getDefaultClientScopes();
        if (scopes != null) {
            require(
                    Set.copyOf(scopes).containsAll(scopesWithMappers(client)),
                    "The client scope with a mapper for tenants");
        }
    }

    private static Set<String> scopesWithMappers(ClientModel client) {
        return client.getClientScopes(true).values().stream()
                .filter(scope -> scope.getProtocolMappersStream().anyMatch(TenantRegistrationPolicy::ours))
                .map(scope -> scope.getName())
                .collect(Collectors.toSet());
    }

    private static boolean ours(ProtocolMapperModel mapper) {
        return TenantMappers.isTenantMapper(mapper) || TenantMappers.isClientRules(mapper);
    }

    private static boolean same(ProtocolMapperModel mapper, ProtocolMapperRepresentation other) {
        return Objects.equals(mapper.getId(), other.getId())
                && Objects.equals(mapper.getProtocolMapper(), other.getProtocolMapper())
                && Objects.equals(orEmpty(mapper.getConfig()), orEmpty(other.getConfig()));
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> config) {
        return config == null ? Map.of() : config;
    }

    private static void require(boolean untouched, String what) {
        if (!untouched) {
            throw new ClientRegistrationPolicyException(what + " is set by an administrator alone");
        }
    }
}
