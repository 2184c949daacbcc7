package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ProtocolMapperModel;

class ClientTenantsTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");

    @Test
    void aClientWithoutAListServesAll() {
        for (ClientTenants all : List.of(listing(), listing(""), listing(" \n"))) {
            assertThat(all.allow(HARBOR)).isTrue();
            assertThat(all.owner()).isEmpty();
        }
    }

    @Test
    void aListIsExhaustive() {
        ClientTenants both = listing(" northbank,  summit\n");
        assertThat(both.allow(NORTHBANK)).isTrue();
        assertThat(both.allow(HARBOR)).isFalse();
        assertThat(both.owner()).isEmpty();
    }

    @Test
    void theOnlyTenantOwnsTheClient() {
        assertThat(listing("harbor").owner()).contains(HARBOR);
    }

    @Test
    void aListThatCannotBeReadAllowsNone() {
        for (ClientTenants none : List.of(listing(" , "), listing("n".repeat(256)))) {
            assertThat(none.allow(NORTHBANK)).isFalse();
            assertThat(none.owner()).isEmpty();
        }
    }

    @Test
    void ofSeveralListsWhatIsCommonToAllHolds() {
        ClientTenants common = listing("northbank harbor", "", "harbor summit");
        assertThat(common.owner()).contains(HARBOR);
        ClientTenants none = listing("northbank", "harbor");
        assertThat(none.allow(NORTHBANK)).isFalse();
        assertThat(none.allow(HARBOR)).isFalse();
        assertThat(none.owner()).isEmpty();
    }

    @Test
    void switchesWhereSomePlaceSaysSoAndNoneDenies() {
        assertThat(switching()).isFalse();
        assertThat(switching("")).isFalse();
        assertThat(switching("true")).isTrue();
        assertThat(switching("", "true")).isTrue();
        assertThat(switching("true", "false")).isFalse();
        assertThat(switching("true", "yes")).isFalse();
    }

    @Test
    void isWrittenInAttributesAndInMappersOfItsType() {
        ProtocolMapperModel other = mapper("tenant-claims-mapper", Map.of("tenant.allowed", "summit"));
        assertThat(WrittenTenants.of(Map.of("tenant.other", "x"), Stream.of(other)))
                .isEmpty();
        ProtocolMapperModel unset = mapper("tenant-client-rules", Map.of());
        unset.setConfig(null);
        assertThat(WrittenTenants.of(
                        Map.of("tenant.allowed", "harbor northbank", "tenant.switch", "true"),
                        Stream.of(
                                other,
                                unset,
                                mapper(
                                        "tenant-client-rules",
                                        Map.of("tenant.allowed", "harbor", "tenant.switch", "false")))))
                .containsExactly(
                        new WrittenTenants("attributes", "harbor northbank", "true"),
                        new WrittenTenants("mapper of the client", "", ""),
                        new WrittenTenants("mapper of the client", "harbor", "false"));
    }

    private static ClientTenants listing(String... lists) {
        return ClientTenants.of(Stream.of(lists).map(list -> new WrittenTenants("", list.strip(), "")));
    }

    private static boolean switching(String... values) {
        return ClientTenants.of(Stream.of(values).map(value -> new WrittenTenants("", "", value)))
                .maySwitch();
    }

    private static ProtocolMapperModel mapper(String type, Map<String, String> config) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setName("of the client");
        mapper.setProtocolMapper(type);
        mapper.setConfig(new HashMap<>(config));
        return mapper;
    }
}
