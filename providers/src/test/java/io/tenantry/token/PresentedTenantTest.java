package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresentedTenantTest {
    /** What a token says is repeated only to those who ask what it says; what is issued for it is decided anew. */
    @ParameterizedTest
    @EnumSource
    void onlyWhatIsToldRepeatsTheTokensClaims(PresentedTenant.Use use) {
        PresentedTenant presented =
                new PresentedTenant(new TenantId("harbor"), null, 0, Map.of("tenant_roles", List.of("teller")), use);

        assertThat(presented.told("tenant_roles"))
                .isEqualTo(use == PresentedTenant.Use.TELL ? Optional.of(List.of("teller")) : Optional.<Object>empty());
        assertThat(presented.told("tenant_id")).isEmpty();
    }
}
