package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ProtocolMapperModel;

class SamlClientSetupRulesTest {
    private static final ProtocolMapperModel KEYCLOAKS = mapper("saml-organization-membership-mapper", Map.of());
    private static final ProtocolMapperModel OURS = mapper("tenant-saml-attributes", Map.of());

    @Test
    void aClientIsToldOfAllOrganizationsWhereNothingShowsThatThePackIsUsed() {
        assertThat(checks(false, List.of(KEYCLOAKS), Map.of())).containsExactly("saml-organizations-told");
        assertThat(checks(true, List.of(KEYCLOAKS), Map.of())).isEmpty();
        assertThat(checks(false, List.of(KEYCLOAKS, OURS), Map.of())).isEmpty();
        assertThat(checks(false, List.of(KEYCLOAKS), Map.of("tenant.allowed", "harbor")))
                .isEmpty();
        assertThat(checks(false, List.of(), Map.of())).isEmpty();
    }

    @Test
    void aMapperMustBeUsableAndTheOnlyOne() {
        assertThat(checks(true, List.of(OURS, OURS), Map.of())).containsExactly("tenant-mapper-twice");
        assertThat(checks(
                        true,
                        List.of(mapper("tenant-saml-attributes", Map.of("tenant.required", "perhaps"))),
                        Map.of()))
                .containsExactly("tenant-mapper-unusable");
        assertThat(checks(
                        true,
                        List.of(mapper("tenant-saml-attributes", Map.of("tenant.roles.client", "gone"))),
                        Map.of()))
                .containsExactly("tenant-mapper-unusable");
    }

    @Test
    void anOptionalScopeHasNoEffect() {
        assertThat(new SamlClientSetupRules(true, true, client -> true)
                        .check(new ClientSetup("app", List.of(), List.of(OURS), false, false, Map.of()))
                        .map(Finding::check))
                .containsExactly("tenant-mapper-optional");
    }

    private static List<String> checks(
            boolean inUse, List<ProtocolMapperModel> mappers, Map<String, String> attributes) {
        return new SamlClientSetupRules(true, inUse, "api"::equals)
                .check(new ClientSetup("app", mappers, List.of(), false, false, attributes))
                .map(Finding::check)
                .toList();
    }

    private static ProtocolMapperModel mapper(String type, Map<String, String> config) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setName(type);
        mapper.setProtocolMapper(type);
        mapper.setConfig(config);
        return mapper;
    }
}
