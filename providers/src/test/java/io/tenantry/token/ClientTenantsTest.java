package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import org.junit.jupiter.api.Test;

class ClientTenantsTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");

    @Test
    void aClientWithoutAListServesAll() {
        assertThat(ClientTenants.parse(null).allow(HARBOR)).isTrue();
        assertThat(ClientTenants.parse("").allow(HARBOR)).isTrue();
        assertThat(ClientTenants.parse(null).owner()).isEmpty();
    }

    @Test
    void aListIsExhaustive() {
        ClientTenants both = ClientTenants.parse(" northbank,  summit ");
        assertThat(both.allow(NORTHBANK)).isTrue();
        assertThat(both.allow(HARBOR)).isFalse();
        assertThat(both.owner()).isEmpty();
    }

    @Test
    void theOnlyTenantOwnsTheClient() {
        assertThat(ClientTenants.parse("harbor").owner()).contains(HARBOR);
    }
}
