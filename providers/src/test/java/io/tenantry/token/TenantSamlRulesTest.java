package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantSamlRulesTest {
    private final TenantSamlRules<String> rules = new TenantSamlRules<>(
            Set.of("mine", "theirs", "strict")::contains,
            Set.of("mine", "strict", "alien")::contains,
            tenant -> !tenant.equals("strict"));

    @Test
    void theNamedTenantMustHoldBeVouchedForAndBeSatisfied() {
        assertThat(rules.named("mine")).isEqualTo(tenant("mine"));
        assertThat(rules.named(null)).isEqualTo(refusal(TenantRefusal.UNAVAILABLE));
        assertThat(rules.named("alien")).isEqualTo(refusal(TenantRefusal.UNAVAILABLE));
        assertThat(rules.named("theirs")).isEqualTo(refusal(TenantRefusal.UNAVAILABLE));
        assertThat(rules.named("strict")).isEqualTo(refusal(TenantRefusal.STEP_UP_NEEDED));
    }

    @Test
    void withoutANameTheOnlyPossibleOneIsMeant() {
        assertThat(rules.only(List.of("mine", "alien", "theirs"))).isEqualTo(tenant("mine"));
        assertThat(rules.only(List.of("alien", "theirs"))).isEqualTo(refusal(TenantRefusal.MISSING));
        assertThat(rules.only(List.of())).isEqualTo(refusal(TenantRefusal.MISSING));
        assertThat(rules.only(List.of("strict"))).isEqualTo(refusal(TenantRefusal.STEP_UP_NEEDED));
    }

    @Test
    void aDemandThatIsNotMetDoesNotMakeTheOtherTheOnlyOne() {
        assertThat(rules.only(List.of("mine", "strict"))).isEqualTo(refusal(TenantRefusal.AMBIGUOUS));
    }

    private static TenantSamlRules.Outcome<String> tenant(@Nullable String tenant) {
        return new TenantSamlRules.Outcome<>(tenant, null);
    }

    private static TenantSamlRules.Outcome<String> refusal(TenantRefusal refusal) {
        return new TenantSamlRules.Outcome<>(null, refusal);
    }
}
