package io.tenantry.token;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyException;
import org.keycloak.services.clientregistration.policy.impl.ProtocolMappersClientRegistrationPolicy;

/**
 * Keycloak's policy on the mappers of registered clients, which also keeps registrants away from tenants: Keycloak lets a
 * registrant leave out a mapper or a scope, which removes it, set any attribute, and have any claim written.
 */
final class TenantRegistrationPolicy extends ProtocolMappersClientRegistrationPolicy {
    private static final Set<String> ATTRIBUTES = Set.of(WrittenTenants.ALLOWED, WrittenTenants.SWITCH);

    private static final Set<String> OURS =
            Set.of(TenantClaimsMapper.PROVIDER_ID, TenantClientRulesMapper.PROVIDER_ID, TenantSamlMapper.PROVIDER_ID);

    private final KeycloakSession session;

    TenantRegistrationPolicy(KeycloakSession session, ComponentModel component) {
        super(session, component);
        this.session = session;
    }

    @Override
    public void beforeRegister(ClientRegistrationContext context) throws ClientRegistrationPolicyException {
        super.beforeRegister(context);
        requireOrdinary(context.getClient().getProtocolMappers(), List.of());
        Map<String, String> attributes = context.getClient().getAttributes();
        if (attributes != null) {
            ATTRIBUTES.forEach(name -> require(!attributes.containsKey(name), "The attribute " + name));
        }
    }

    /** Gives the client what the realm gives every client, where the registrant chose its scopes without. */
    @Override
    public void afterRegister(ClientRegistrationContext context, ClientModel client) {
        super.afterRegister(context, client);
        Set<String> present = client.getClientScopes(true).keySet();
        client.getRealm()
                .getDefaultClientScopesStream(true)
                .filter(scope -> Objects.equals(scope.getProtocol(), client.getProtocol()))
                .filter(TenantRegistrationPolicy::hasOurs)
                .filter(scope -> !present.contains(scope.getName()))
                .toList()
                .forEach(scope -> {
                    // It may have been taken as an optional one, which would stand in the way
                    client.removeClientScope(scope);
                    client.addClientScope(scope, true);
                });
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
        List<ProtocolMapperModel> present = client.getProtocolMappersStream().toList();
        List<ProtocolMapperRepresentation> mappers = wanted.getProtocolMappers();
        if (mappers != null) {
            present.stream()
                    .filter(TenantRegistrationPolicy::ours)
                    .forEach(mapper -> require(
                            mappers.stream().anyMatch(other -> same(mapper, other)), "The mapper " + mapper.getName()));
            requireOrdinary(mappers, present);
        }
        keepScopes(wanted, client);
    }

    /** Whoever lists only optional scopes loses the default ones, and so would lose ours without naming them. */
    private static void keepScopes(ClientRepresentation wanted, ClientModel client) {
        Set<String> kept = scopesWithMappers(client);
        List<String> listed = wanted.getDefaultClientScopes();
        if (listed != null) {
            require(Set.copyOf(listed).containsAll(kept), "The client scope with a mapper for tenants");
        } else if (wanted.getOptionalClientScopes() != null && !kept.isEmpty()) {
            wanted.setDefaultClientScopes(List.copyOf(kept));
        }
    }

    /** None of them is one of ours, or writes what is ours to write, unless an administrator put it there. */
    private void requireOrdinary(
            @Nullable List<ProtocolMapperRepresentation> mappers, List<ProtocolMapperModel> present) {
        if (mappers == null || mappers.isEmpty()) {
            return;
        }
        ReservedNames reserved = ReservedNames.of(session.getContext().getRealm());
        mappers.stream()
                .filter(mapper -> present.stream().noneMatch(known -> same(known, mapper)))
                .forEach(mapper -> require(
                        !OURS.contains(mapper.getProtocolMapper())
                                && !reserved.mentionedIn(
                                        orEmpty(mapper.getConfig()).values()),
                        "The mapper " + mapper.getName() + ", which is about tenants,"));
    }

    private static Set<String> scopesWithMappers(ClientModel client) {
        return client.getClientScopes(true).values().stream()
                .filter(TenantRegistrationPolicy::hasOurs)
                .map(scope -> scope.getName())
                .collect(Collectors.toSet());
    }

    private static boolean ours(ProtocolMapperModel mapper) {
        return OURS.contains(mapper.getProtocolMapper());
    }

    private static boolean hasOurs(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().anyMatch(TenantRegistrationPolicy::ours);
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
