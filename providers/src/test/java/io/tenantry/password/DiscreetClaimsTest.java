package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscreetClaimsTest {
    @Test
    void policyIsTakenOutOfJson() throws Exception {
        JsonNode claim = new ObjectMapper()
                .readTree("[\"northbank\",{\"northbank\":{\"password-policy\":[\"length(14)\"],"
                        + "\"password-policy-grace-days\":[\"3\"],\"colour\":[\"blue\"]}}]");
        DiscreetClaims.strip(claim);
        assertThat(claim.toString()).isEqualTo("[\"northbank\",{\"northbank\":{\"colour\":[\"blue\"]}}]");
    }

    @Test
    void policyIsTakenOutOfMapsAndLists() {
        Map<String, Object> attributes =
                new HashMap<>(Map.of("password-policy", List.of("length(14)"), "colour", "blue"));
        DiscreetClaims.strip(Arrays.asList("northbank", null, Map.of("northbank", attributes)));
        assertThat(attributes).containsOnly(Map.entry("colour", "blue"));
    }

    @Test
    void otherClaimsAreLeftAsTheyAre() {
        DiscreetClaims.strip(null);
        DiscreetClaims.strip("password-policy");
        DiscreetClaims.strip(Map.of("a", List.of(1)));
    }
}
