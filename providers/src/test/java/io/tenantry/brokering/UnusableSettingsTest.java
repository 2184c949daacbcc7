package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;

class UnusableSettingsTest {
    @Test
    void settingsThatCanBeReadAreNoFinding() {
        assertThat(UnusableSettings.of("idp", "tenant-saml-rules", () -> {})).isEmpty();
    }

    @Test
    void settingThatCannotBeReadIsNamed() {
        assertThat(UnusableSettings.of("idp", "tenant-saml-rules", () -> {
                    throw new InvalidSettingException("authn.max.age", "often", "write a number");
                }))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("rules-settings-unusable");
                    assertThat(finding.where()).isEqualTo("identity provider idp");
                    assertThat(finding.what()).contains("tenant-saml-rules", "authn.max.age", "often");
                });
    }
}
