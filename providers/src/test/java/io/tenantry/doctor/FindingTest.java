package io.tenantry.doctor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FindingTest {
    @Test
    void saysWhatWhereAndWhatToDo() {
        assertThatIllegalArgumentException().isThrownBy(() -> Finding.error("a-check", "", "realm", "Mend it."));
        assertThatIllegalArgumentException().isThrownBy(() -> Finding.error("a-check", "Broken.", " ", "Mend it."));
        assertThatIllegalArgumentException().isThrownBy(() -> Finding.warning("a-check", "Broken.", "realm", ""));
    }

    @Test
    void checkIsNamedInKebabCase() {
        assertThatIllegalArgumentException().isThrownBy(() -> Finding.error("ACheck", "Broken.", "realm", "Mend it."));
    }
}
