package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.settings.InvalidSettingException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantSamlSettingsTest {
    @Test
    void defaults() {
        assertThat(TenantSamlSettings.of(Map.of()))
                .isEqualTo(new TenantSamlSettings("tenant_id", "tenant_roles", RoleSource.REALM_ROLES, "", "", false));
    }

    /** {@code tenant.allowed} is read with the other places that say so. */
    @Test
    void everySettingIsRead() {
        Map<String, String> written = Map.of(
                "tenant.id.attribute", " lender ",
                "tenant.roles.attribute", "urn:roles",
                "tenant.roles.source", "both",
                "tenant.roles.client", "api",
                "tenant.roles.prefix", "loan-",
                "tenant.allowed", "harbor",
                "tenant.required", "true");

        assertThat(TenantSamlSettings.of(written))
                .isEqualTo(new TenantSamlSettings("lender", "urn:roles", RoleSource.BOTH, "api", "loan-", true));
        assertThat(written.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TenantSamlSetting.values())
                        .map(TenantSamlSetting::key)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "tenant.id.attribute, tenant_roles",
        "tenant.id.attribute, organization",
        "tenant.roles.attribute, two words",
        "tenant.roles.source, all",
        "tenant.required, yes"
    })
    void whatCannotBeUsedIsNamed(String setting, String value) {
        assertThatThrownBy(() -> TenantSamlSettings.of(Map.of(setting, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(value)
                .hasMessageContaining("tenant.");
    }
}
