package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenTenantRulesTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");
    private static final ActiveTenant PRESENT = new ActiveTenant.Present(NORTHBANK);

    @Test
    void aTokenForTheNamedTenantGoes() {
        assertThat(TokenTenantRules.refusal(PRESENT, List.of(NORTHBANK), true)).isEmpty();
        assertThat(TokenTenantRules.refusal(PRESENT, List.of(), true)).isEmpty();
    }

    @Test
    void aNamedTenantThatIsNotTheActiveOneIsUnavailable() {
        assertThat(TokenTenantRules.refusal(PRESENT, List.of(NORTHBANK, HARBOR), false))
                .contains(TenantRefusal.UNAVAILABLE);
        assertThat(TokenTenantRules.refusal(new ActiveTenant.Absent(), List.of(HARBOR), false))
                .contains(TenantRefusal.UNAVAILABLE);
    }

    @Test
    void noTenantIsAnErrorWhereOneIsRequired() {
        assertThat(TokenTenantRules.refusal(new ActiveTenant.Absent(), List.of(), true))
                .contains(TenantRefusal.MISSING);
        assertThat(TokenTenantRules.refusal(new ActiveTenant.Absent(), List.of(), false))
                .isEmpty();
    }

    @Test
    void severalTenantsAreAnErrorWhereTheyAreNamedOrOneIsRequired() {
        ActiveTenant several = new ActiveTenant.Ambiguous();
        assertThat(TokenTenantRules.refusal(several, List.of(NORTHBANK, HARBOR), false))
                .contains(TenantRefusal.AMBIGUOUS);
        assertThat(TokenTenantRules.refusal(several, List.of(), true)).contains(TenantRefusal.AMBIGUOUS);
        assertThat(TokenTenantRules.refusal(several, List.of(), false)).isEmpty();
    }

    @Test
    void aLostTenantIsAlwaysAnError() {
        assertThat(TokenTenantRules.refusal(new ActiveTenant.Lost(NORTHBANK), List.of(), false))
                .contains(TenantRefusal.LOST);
    }
}
