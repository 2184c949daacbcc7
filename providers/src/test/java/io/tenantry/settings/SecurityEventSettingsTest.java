package io.tenantry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityEventSettingsTest {
    @Test
    void withoutTheOptionThereAreNone() {
        assertThat(SecurityEventSettings.from(Map.<String, String>of()::get)).isNull();
        assertThat(SecurityEventSettings.from(Map.of("security-events", "false")::get))
                .isNull();
    }

    @Test
    void everyOptionIsRead() {
        Map<String, String> options = new HashMap<>(
                Map.of("security-events", "true", "security-events-audience", "https://a.example, gateway"));
        assertThat(SecurityEventSettings.from(options::remove))
                .isEqualTo(new SecurityEventSettings(List.of("https://a.example", "gateway")));
        assertThat(options).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "a,", "a b", "ü", "a\nb"})
    void eventsForNobodyOrForTheUnnameableAreRefused(String audience) {
        assertThatThrownBy(() -> SecurityEventSettings.from(
                        Map.of("security-events", "true", "security-events-audience", audience)::get))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("--spi-events-listener--redis-revocations--security-events-audience is '")
                .hasMessageContaining("name who receives");
    }

    @Test
    void tooManyOrTooLongNamesAreRefused() {
        assertThatThrownBy(() -> new SecurityEventSettings(List.of("x".repeat(256))))
                .isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> new SecurityEventSettings(java.util.Collections.nCopies(17, "a")))
                .isInstanceOf(InvalidSettingException.class);
        assertThat(new SecurityEventSettings(java.util.Collections.nCopies(16, "x".repeat(255))).audience())
                .hasSize(16);
    }

    @Test
    void anAudienceWithoutEventsIsAMistake() {
        assertThatThrownBy(() -> SecurityEventSettings.from(Map.of("security-events-audience", "a")::get))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("--spi-events-listener--redis-revocations--security-events=true");
    }

    @Test
    void neitherTrueNorFalseIsRefused() {
        assertThatThrownBy(() -> SecurityEventSettings.from(Map.of("security-events", "yes")::get))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("security-events is 'yes'");
    }
}
