package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ProtocolMapperModel;

/**
 * One place where an administrator wrote which tenants a client works for: its attributes, or a
 * {@value TenantClientRulesMapper#PROVIDER_ID} or {@value TenantSamlMapper#PROVIDER_ID} of its own or of a default scope,
 * under the same names.
 *
 * @param where for people
 * @param allowed aliases separated by spaces or commas; blank for all
 * @param switching {@code true} if token exchange may go to another tenant
 */
record WrittenTenants(String where, String allowed, String switching) {
    /** Lists the tenants. */
    static final String ALLOWED = "tenant.allowed";

    /** Lets token exchange go to another tenant: {@code true}. */
    static final String SWITCH = "tenant.switch";

    static Stream<WrittenTenants> of(ClientModel client) {
        Map<String, String> attributes = new HashMap<>();
        Stream.of(ALLOWED, SWITCH)
                .filter(name -> client.getAttribute(name) != null)
                .forEach(name -> attributes.put(name, client.getAttribute(name)));
        return of(attributes, TenantMappers.alwaysPassed(client));
    }

    /** The same, of a client's attributes and the mappers that all of its tokens pass through. */
    static Stream<WrittenTenants> of(Map<String, String> attributes, Stream<ProtocolMapperModel> always) {
        Stream<WrittenTenants> ofAttributes = attributes.containsKey(ALLOWED) || attributes.containsKey(SWITCH)
                ? Stream.of(of("attributes", attributes))
                : Stream.empty();
        return Stream.concat(
                ofAttributes,
                always.filter(WrittenTenants::says)
                        .map(mapper -> of("mapper " + mapper.getName(), TenantMappers.config(mapper))));
    }

    /** One for SAML clients has other settings too, and may leave this one alone. */
    private static boolean says(ProtocolMapperModel mapper) {
        return TenantMappers.isClientRules(mapper)
                || (TenantSamlMapper.is(mapper)
                        && !TenantSamlSetting.ALLOWED
                                .in(TenantMappers.config(mapper))
                                .isEmpty());
    }

    static WrittenTenants of(String where, Map<String, String> values) {
        return new WrittenTenants(
                where,
                values.getOrDefault(ALLOWED, "").strip(),
                values.getOrDefault(SWITCH, "").strip());
    }

    /** The tenants that can be read: none, of a text that is not blank, leaves the client without any. */
    Set<TenantId> listed() {
        return Stream.of(allowed.split("[\\s,]+"))
                .filter(alias -> !alias.isEmpty() && alias.length() <= TenantId.MAX_LENGTH)
                .map(TenantId::new)
                .collect(Collectors.toUnmodifiableSet());
    }
}
