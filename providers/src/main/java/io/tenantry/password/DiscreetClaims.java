package io.tenantry.password;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a tenant's password policy out of a claim, at whatever depth and in either form that Keycloak gives claims. */
final class DiscreetClaims {
    private DiscreetClaims() {}

    static void strip(@Nullable Object claim) {
        if (claim instanceof ObjectNode object) {
            object.remove(TenantPolicyAttributes.ALL);
        }
        if (claim instanceof JsonNode node) {
            node.forEach(DiscreetClaims::strip);
        } else if (claim instanceof Map<?, ?> map) {
            TenantPolicyAttributes.ALL.stream().filter(map::containsKey).forEach(map::remove);
            map.values().forEach(DiscreetClaims::strip);
        } else if (claim instanceof Collection<?> several) {
            // Two mappers of one claim make a list of theirs
            several.forEach(DiscreetClaims::strip);
        }
    }
}
