package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedTenantsTest {
    @Test
    void everyShapeOfTheClaimsIsRead() {
        assertThat(NamedTenants.in(Map.of())).isEmpty();
        assertThat(NamedTenants.in(Map.of("organization", "a"))).containsOnly("a");
        assertThat(NamedTenants.in(Map.of("organization", List.of("a", "b")))).containsOnly("a", "b");
        assertThat(NamedTenants.in(Map.of("organization", Map.of("a", Map.of("id", "1")))))
                .containsOnly("a");
        assertThat(NamedTenants.in(Map.of("tenant_id", "a", "organization", List.of(Map.of("b", Map.of())))))
                .containsOnly("a", "b");
    }
}
