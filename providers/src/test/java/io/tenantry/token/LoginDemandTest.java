package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.settings.InvalidSettingException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginDemandTest {
    @Test
    void withoutAttributesAnySignInWillDo() {
        LoginDemand none = LoginDemand.parse(null, " ", "northbank");
        assertThat(none.metBy(Set.of(), -1)).isTrue();
        assertThat(none.metBy(Set.of("harbor-idp"), 0)).isTrue();
    }

    @Test
    void theNamedProviderMustHaveVouched() {
        LoginDemand demand = LoginDemand.parse(" harbor-idp ", null, "harbor");
        assertThat(demand.metBy(Set.of("harbor-idp"), -1)).isTrue();
        assertThat(demand.metBy(Set.of("northbank-idp"), 9)).isFalse();
        assertThat(demand.metBy(Set.of(), 9)).isFalse();
    }

    @Test
    void theLevelMustHaveBeenReached() {
        LoginDemand demand = LoginDemand.parse(null, "2", "harbor");
        assertThat(demand.metBy(Set.of(), 2)).isTrue();
        assertThat(demand.metBy(Set.of(), 1)).isFalse();
        assertThat(demand.metBy(Set.of(), -1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"high", "-1", "101"})
    void aLevelThatIsNoneNamesTheTenant(String level) {
        assertThatThrownBy(() -> LoginDemand.parse(null, level, "harbor"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("harbor")
                .hasMessageContaining(level);
    }
}
