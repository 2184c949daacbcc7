package io.tenantry.token;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.utils.JsonUtils;

/** What a document says about tenants other than by our mappers, taken out or narrowed to the one that it is for. */
final class StockClaims {
    private final Map<String, Object> claims;

    /**
     * Works on a document's claims in place.
     *
     * @param claims mutable, of JSON's types
     */
    StockClaims(Map<String, Object> claims) {
        this.claims = claims;
    }

    /** Takes a claim out, whether its name is meant as it stands or as a path. */
    void remove(String name) {
        claims.remove(name);
        narrow(JsonUtils.splitClaimPath(name), Optional.empty());
    }

    /**
     * Takes every other organization out of a claim, and the claim out of the document if nothing is left.
     *
     * @param path the claim's name, split where it is nested
     * @param tenant the alias that may stay; empty if none may
     */
    void narrow(List<String> path, Optional<String> tenant) {
        narrow(claims, path, tenant.orElse(null));
    }

    private static void narrow(Map<String, Object> parent, List<String> path, @Nullable String tenant) {
        String name = path.get(0);
        Object value = parent.get(name);
        if (value == null) {
            return;
        }
        if (path.size() > 1) {
            if (value instanceof Map<?, ?> nested) {
                @SuppressWarnings("unchecked") // the keys of a JSON object are strings
                Map<String, Object> child = (Map<String, Object>) nested;
                narrow(child, path.subList(1, path.size()), tenant);
            }
            return;
        }
        Object left = narrowed(value, tenant);
        if (left == null) {
            parent.remove(name);
        } else {
            parent.put(name, left);
        }
    }

    private static @Nullable Object narrowed(Object value, @Nullable String tenant) {
        if (tenant == null) {
            return null;
        }
        if (value instanceof Map<?, ?> byAlias) {
            Object own = byAlias.get(tenant);
            return own == null ? null : Map.of(tenant, own);
        }
        if (value instanceof Collection<?> aliases) {
            return aliases.contains(tenant) ? List.of(tenant) : null;
        }
        return Objects.equals(value, tenant) ? value : null;
    }
}
