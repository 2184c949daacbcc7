package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.settings.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.provider.ProviderConfigProperty;

class TenantClaimsSettingsTest {
    private static final Map<String, String> EVERY_KEY = Map.of(
            "tenant.id.claim", "lender",
            "tenant.roles.claim", "lender_roles",
            "tenant.roles.source", "both",
            "tenant.roles.client", "ledger",
            "tenant.roles.prefix", "loan-",
            "tenant.required", "true",
            "tenant.bytes.warn", "700",
            "tenant.bytes.limit", "900");

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        assertThat(TenantClaimsSettings.of(Map.of()))
                .isEqualTo(new TenantClaimsSettings(
                        "tenant_id",
                        "tenant_roles",
                        RoleSource.REALM_ROLES,
                        "",
                        "",
                        false,
                        new ByteBudget(1024, 4096)));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(TenantClaimsSettings.of(EVERY_KEY))
                .isEqualTo(new TenantClaimsSettings(
                        "lender", "lender_roles", RoleSource.BOTH, "ledger", "loan-", true, new ByteBudget(700, 900)));
        assertThat(Stream.of(TenantClaimsSetting.values()).map(TenantClaimsSetting::key))
                .containsExactlyInAnyOrderElementsOf(EVERY_KEY.keySet());
    }

    @Test
    void theConsoleShowsTheDefaultsThatTheParserReads() {
        Map<String, String> shown = new HashMap<>();
        for (TenantClaimsSetting setting : TenantClaimsSetting.values()) {
            ProviderConfigProperty property = setting.property();
            shown.put(property.getName(), (String) property.getDefaultValue());
        }
        assertThat(TenantClaimsSettings.of(shown)).isEqualTo(TenantClaimsSettings.of(Map.of()));
    }

    @Test
    void everySettingHasALabelAndAHelpTextInTheBundle() throws IOException {
        Properties messages = new Properties();
        try (InputStream in = getClass().getResourceAsStream("/theme-resources/messages/messages_en.properties")) {
            messages.load(in);
        }
        for (TenantClaimsSetting setting : TenantClaimsSetting.values()) {
            ProviderConfigProperty property = setting.property();
            assertThat(messages.getProperty(property.getLabel())).isNotBlank();
            assertThat(messages.getProperty(property.getHelpText())).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tenant.id.claim, sub",
        "tenant.id.claim, two words",
        "tenant.roles.claim, tenant_id",
        "tenant.roles.claim, realm_access",
        "tenant.roles.source, groups",
        "tenant.required, yes",
        "tenant.bytes.warn, 5000",
        "tenant.bytes.warn, 0",
        "tenant.bytes.limit, 1k",
        "tenant.bytes.limit, 65537"
    })
    void aValueThatCannotBeUsedIsNamedWithItsSetting(String key, String value) {
        assertThatThrownBy(() -> TenantClaimsSettings.of(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    @Test
    void anOverlongValueIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> TenantClaimsSettings.of(Map.of("tenant.roles.prefix", "x".repeat(256))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("tenant.roles.prefix")
                .hasMessageNotContaining("x".repeat(100));
    }
}
