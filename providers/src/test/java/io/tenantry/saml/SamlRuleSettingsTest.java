package io.tenantry.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brokering.MapperConfig;
import io.tenantry.settings.InvalidSettingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.provider.ProviderConfigProperty;

class SamlRuleSettingsTest {
    private static final String PIN = "AB:".repeat(31) + "ab";

    @Test
    void nothingWrittenMeansTheSafeDefaults() {
        SamlRuleSettings settings = read(Map.of());

        assertThat(settings.vouching().tenantBinding()).isTrue();
        assertThat(settings.vouching().emailDomainsEnforced()).isTrue();
        assertThat(settings.vouching().emailDomains().isEmpty()).isTrue();
        assertThat(settings.vouching().requiredAttributes().metBy(Map.of())).isTrue();
        assertThat(settings.vouching().contexts()).isEmpty();
        assertThat(settings.vouching().maxAge()).isEmpty();
        assertThat(settings.vouching().unknownUsersAllowed()).isTrue();
        assertThat(settings.vouching().profileEditsForbidden()).isTrue();
        assertThat(settings.vouching().contact()).isEmpty();
        assertThat(settings.emailAttributes()).isEmpty();
        assertThat(settings.nameIdFormats()).isEmpty();
        assertThat(settings.conditionsRequired()).isTrue();
        assertThat(settings.assertionSigned()).isTrue();
        assertThat(settings.responseSigned()).isFalse();
        assertThat(settings.pins()).isEmpty();
        assertThat(settings.idpInitiatedAllowed()).isFalse();
        assertThat(settings.assertionOnce()).isTrue();
    }

    @Test
    void everySettingOfTheConsoleIsRead() {
        Map<String, String> written = new HashMap<>();
        for (ProviderConfigProperty property : new TenantSamlRulesMapper().getConfigProperties()) {
            boolean flag = ProviderConfigProperty.BOOLEAN_TYPE.equals(property.getType());
            written.put(
                    property.getName(),
                    flag ? String.valueOf(!Boolean.parseBoolean((String) property.getDefaultValue())) : "a##b");
        }
        written.put("email.domains", "a.example\r\n*.b.example\n");
        written.put("authn.max.age", "300");
        written.put("signature.thumbprints", PIN);

        SamlRuleSettings settings = read(written);

        assertThat(settings.vouching().tenantBinding()).isFalse();
        assertThat(settings.vouching().emailDomainsEnforced()).isFalse();
        assertThat(settings.vouching().emailDomains().allow("x@y.b.example")).isTrue();
        assertThat(settings.vouching().requiredAttributes().metBy(Map.of())).isFalse();
        assertThat(settings.vouching().contexts()).containsOnly("a", "b");
        assertThat(settings.vouching().maxAge()).contains(Duration.ofMinutes(5));
        assertThat(settings.vouching().unknownUsersAllowed()).isFalse();
        assertThat(settings.vouching().profileEditsForbidden()).isFalse();
        assertThat(settings.vouching().contact()).isEqualTo("a##b");
        assertThat(settings.emailAttributes()).containsOnly("a", "b");
        assertThat(settings.nameIdFormats()).containsOnly("a", "b");
        assertThat(settings.conditionsRequired()).isFalse();
        assertThat(settings.assertionSigned()).isFalse();
        assertThat(settings.responseSigned()).isTrue();
        assertThat(settings.pins()).containsOnly("ab".repeat(32));
        assertThat(settings.idpInitiatedAllowed()).isTrue();
        assertThat(settings.assertionOnce()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "tenant.binding, yes",
        "email.domains, not a domain",
        "authn.max.age, 5m",
        "authn.max.age, 0",
        "authn.max.age, 99999999999",
        "signature.thumbprints, ab:cd",
        "assertion.once, on"
    })
    void settingThatCannotBeUsedIsNamed(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + " is '" + value + "'");
    }

    @Test
    void brokenExpressionIsNamed() {
        MapperConfig config =
                new MapperConfig(Map.of("attributes.required", "table"), key -> Map.of("badge", List.of("/(/")));

        assertThatThrownBy(() -> SamlRuleSettings.of(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("attributes.required badge is '/(/'");
    }

    private static SamlRuleSettings read(Map<String, String> written) {
        return SamlRuleSettings.of(new MapperConfig(written, key -> Map.of("a", List.of("b"))));
    }
}
