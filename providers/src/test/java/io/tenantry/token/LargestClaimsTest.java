package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

class LargestClaimsTest {
    @Test
    void namesThreeWithTheirSizesAndNoValue() throws IOException {
        assertThat(LargestClaims.of(JsonSerialization.mapper.readTree(
                        "{\"a\":\"secret\",\"b\":[1,2,3,4,5,6,7,8],\"c\":{\"d\":true},\"e\":1}")))
                .isEqualTo("b (17 bytes), c (10 bytes), a (8 bytes)");
    }
}
