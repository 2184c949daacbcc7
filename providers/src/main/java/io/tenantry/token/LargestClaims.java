package io.tenantry.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Which claims make a token large: their names and sizes, never their values. */
final class LargestClaims {
    private static final int NAMED = 3;

    private LargestClaims() {}

    /** The three largest, for an error or a log line: {@code tenant_roles (2,310 bytes), …}. */
    static String of(JsonNode claims) {
        return claims.properties().stream()
                .sorted(Comparator.comparingInt(LargestClaims::bytes).reversed())
                .limit(NAMED)
                .map(claim -> claim.getKey() + " (" + bytes(claim) + " bytes)")
                .collect(Collectors.joining(", "));
    }

    private static int bytes(Map.Entry<String, JsonNode> claim) {
        return claim.getValue().toString().length();
    }
}
