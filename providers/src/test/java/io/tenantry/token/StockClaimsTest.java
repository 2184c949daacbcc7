package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StockClaimsTest {
    @Test
    void anArrayOfAliasesKeepsTheActiveOneAlone() {
        assertThat(narrowed(List.of("harbor", "northbank"), Optional.of("northbank")))
                .isEqualTo(Map.of("organization", List.of("northbank")));
    }

    @Test
    void anObjectKeepsTheActiveTenantsGroupsAndRolesAlone() {
        Map<String, Object> groups = Map.of("groups", List.of("/tellers"));
        assertThat(narrowed(
                        Map.of("harbor", Map.of("groups", List.of("/x")), "northbank", groups),
                        Optional.of("northbank")))
                .isEqualTo(Map.of("organization", Map.of("northbank", groups)));
    }

    @Test
    void aClaimOfOtherTenantsGoesAltogether() {
        assertThat(narrowed(List.of("harbor"), Optional.of("northbank"))).isEmpty();
        assertThat(narrowed("harbor", Optional.of("northbank"))).isEmpty();
        assertThat(narrowed(Map.of("harbor", Map.of()), Optional.of("northbank")))
                .isEmpty();
    }

    @Test
    void withoutAnActiveTenantNothingStays() {
        assertThat(narrowed(List.of("harbor", "northbank"), Optional.empty())).isEmpty();
    }

    @Test
    void aSingleAliasMayStayAsText() {
        assertThat(narrowed("northbank", Optional.of("northbank"))).isEqualTo(Map.of("organization", "northbank"));
    }

    @Test
    void aNestedClaimIsFound() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("acme", new HashMap<>(Map.of("orgs", List.of("harbor", "northbank"))));
        new StockClaims(claims).narrow(List.of("acme", "orgs"), Optional.of("harbor"));
        assertThat(claims).isEqualTo(Map.of("acme", Map.of("orgs", List.of("harbor"))));
    }

    private static Map<String, Object> narrowed(Object value, Optional<String> tenant) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("organization", value);
        new StockClaims(claims).narrow(List.of("organization"), tenant);
        return claims;
    }
}
