package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.AccessToken;

class PresentedTenantTest {
    private final AccessToken token = new AccessToken();

    @Test
    void theTenantClaimComesFirst() {
        token.getOtherClaims().put("tenant_id", "northbank");
        token.getOtherClaims().put("organization", List.of("harbor"));
        assertThat(tenant()).isEqualTo(new PresentedTenant(new TenantId("northbank"), true));
    }

    @Test
    void aTokenOfAClientWithoutTheMapperIsReadByItsOrganization() {
        token.getOtherClaims().put("organization", Map.of("harbor", Map.of()));
        assertThat(tenant()).isEqualTo(new PresentedTenant(new TenantId("harbor"), true));
    }

    @Test
    void aLightweightTokenIsReadByItsScope() {
        token.setScope("openid organization:summit");
        assertThat(tenant()).isEqualTo(new PresentedTenant(new TenantId("summit"), true));
    }

    @Test
    void severalOrganizationsAreNoTenant() {
        token.getOtherClaims().put("organization", List.of("harbor", "northbank"));
        token.setScope("organization:harbor organization:northbank");
        assertThat(tenant()).isEqualTo(new PresentedTenant(null, true));
    }

    @Test
    void theWildcardIsNoTenant() {
        token.setScope("organization:* organization");
        assertThat(tenant()).isEqualTo(new PresentedTenant(null, true));
    }

    private PresentedTenant tenant() {
        return PresentedTenant.of(token, null);
    }
}
