package io.tenantry.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
    private final HostPattern pattern =
            HostPattern.parse("{tenant}.Login.example").orElseThrow();

    @Test
    void theFirstLabelIsTheTenant() {
        assertThat(pattern.tenantOf("northbank.login.example")).contains(new TenantId("northbank"));
        assertThat(pattern.tenantOf("NorthBank.LOGIN.example")).contains(new TenantId("northbank"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login.example", ".login.example", "a.b.login.example", "northbank.other.example", "localhost"})
    void otherHostsStandForNoTenant(String host) {
        assertThat(pattern.tenantOf(host)).isEmpty();
    }

    @Test
    void withoutAPatternThereIsNone() {
        assertThat(HostPattern.parse(null)).isEmpty();
        assertThat(HostPattern.parse(" ")).isEmpty();
        assertThat(pattern.tenantOf(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login.example", "{tenant}", "{tenant}.", "{tenant}login.example", "{tenant}.{tenant}.example"})
    void whatIsNoPatternIsRefusedByName(String text) {
        assertThatThrownBy(() -> HostPattern.parse(text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("tenant.host.pattern");
    }
}
