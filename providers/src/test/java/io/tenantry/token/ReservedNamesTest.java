package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ProtocolMapperModel;

class ReservedNamesTest {
    private final ReservedNames names = ReservedNames.of(Stream.of(
            mapper("tenant-claims-mapper", Map.of("tenant.id.claim", "https://acme.example/lender")),
            mapper("tenant-saml-attributes", Map.of("tenant.roles.attribute", "urn:acme:roles")),
            mapper("oidc-hardcoded-claim-mapper", Map.of("tenant.id.claim", "sub"))));

    @Test
    void theyAreTheDefaultOnesAndThoseOfTheRealmsMappers() {
        assertThat(names.names())
                .containsExactlyInAnyOrder(
                        "tenant_id", "tenant_roles", "https://acme.example/lender", "urn:acme:roles");
    }

    /** Each kind of mapper refuses other names. */
    @Test
    void whatAMapperRefusesToWorkWithIsReservedForNobody() {
        ReservedNames mistaken = ReservedNames.of(Stream.of(
                mapper("tenant-claims-mapper", Map.of("tenant.id.claim", "sub", "tenant.roles.claim", "organization")),
                mapper(
                        "tenant-saml-attributes",
                        Map.of("tenant.id.attribute", "organization", "tenant.roles.attribute", "groups"))));

        assertThat(mistaken.names()).containsExactlyInAnyOrder("tenant_id", "tenant_roles", "groups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant_id",
                "tenant_roles",
                "tenant_roles.admin",
                "tenant\\_id",
                "https://acme.example/lender",
                "https://acme\\.example/lender",
                "https://acme\\.example/lender.x",
                "urn:acme:roles"
            })
    void pathsThatLeadIntoThemAreCovered(String target) {
        assertThat(names.writtenBy(Map.of("claim.name", target))).isTrue();
        assertThat(names.writtenBy(Map.of("attribute.name", target))).isTrue();
        assertThat(names.mentionedIn(List.of(target))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sub", "tenant", "tenant_ids", "a.tenant_id", "resource_access.${client_id}.roles"})
    void othersAreNot(String target) {
        assertThat(names.writtenBy(Map.of("claim.name", target))).isFalse();
        assertThat(names.mentionedIn(List.of(target))).isFalse();
    }

    @Test
    void aRegistrantNamesNothingThatCanBecomeAny() {
        assertThat(names.mentionedIn(List.of("${client_id}"))).isTrue();
        assertThat(names.writtenBy(Map.of("claim.value", "tenant_id"))).isFalse();
    }

    private static ProtocolMapperModel mapper(String type, Map<String, String> config) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(type);
        mapper.setConfig(config);
        return mapper;
    }
}
