package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewRulesTest {
    private static final Map<String, List<String>> ASSERTED =
            Map.of("email", List.of("ann@bank.example"), "firstName", List.of("Ann"), "lastName", List.of(""));

    @Test
    void openFieldsMayBeFilledAndAssertedOnesLeftOut() {
        assertThat(ReviewRules.keepsAsserted(
                        ASSERTED, Map.of("email", List.of("ann@bank.example"), "lastName", List.of("Lee"))))
                .isTrue();
    }

    @Test
    void assertedFieldMayNotChangeNorBeEmptiedNorDoubled() {
        assertThat(ReviewRules.keepsAsserted(ASSERTED, Map.of("firstName", List.of("Anna"))))
                .isFalse();
        assertThat(ReviewRules.keepsAsserted(ASSERTED, Map.of("firstName", List.of(""))))
                .isFalse();
        assertThat(ReviewRules.keepsAsserted(ASSERTED, Map.of("email", List.of("ann@bank.example", "x@other.example"))))
                .isFalse();
    }
}
