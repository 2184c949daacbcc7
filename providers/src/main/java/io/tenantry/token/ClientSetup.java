package io.tenantry.token;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.ProtocolMapperModel;

/**
 * A client that gets access tokens or assertions, as the doctor's rules see it.
 *
 * @param always the mappers of every token: its own and its default scopes'
 * @param onRequest the mappers of its optional scopes
 * @param lightweight whether its access tokens carry only what is marked for lightweight ones
 * @param attributes its attributes
 */
record ClientSetup(
        String clientId,
        List<ProtocolMapperModel> always,
        List<ProtocolMapperModel> onRequest,
        boolean lightweight,
        boolean fullScope,
        Map<String, String> attributes) {
    ClientSetup {
        always = List.copyOf(always);
        onRequest = List.copyOf(onRequest);
        attributes = Map.copyOf(attributes);
    }

    /** Every mapper of a type that some token passes through. */
    Stream<ProtocolMapperModel> mappers(String type) {
        return Stream.concat(always.stream(), onRequest.stream())
                .filter(mapper -> type.equals(mapper.getProtocolMapper()));
    }

    /** Whether its tokens are for tenants. */
    boolean concerned() {
        return mappers(TenantClaimsMapper.PROVIDER_ID).findAny().isPresent() || toldBySaml();
    }

    /** Whether it is told of tenants by assertions. */
    boolean toldBySaml() {
        return mappers(TenantSamlMapper.PROVIDER_ID).findAny().isPresent();
    }

    /** Where it is written which tenants it works for. */
    List<WrittenTenants> tenants() {
        return WrittenTenants.of(attributes, always.stream()).toList();
    }

    String attribute(String name) {
        return attributes.getOrDefault(name, "").strip();
    }

    String where() {
        return "client " + clientId;
    }
}
