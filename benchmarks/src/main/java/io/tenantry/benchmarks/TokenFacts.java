package io.tenantry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What every access token compared here must tell: a tenant, and the one role held there. A token that lacks them would
 * be smaller and quicker, so each is looked at, after the clock has stopped.
 */
enum TokenFacts {
    /** In the claims of {@code tenant-claims-mapper}. */
    OURS {
        @Override
        boolean told(JsonNode claims, String tenant, String role) {
            return claims.path("tenant_id").asText().equals(tenant)
                    && texts(claims.path("tenant_roles")).equals(List.of(role));
        }
    },
    /** In the one claim that stock's two organization mappers share. */
    STOCK {
        @Override
        boolean told(JsonNode claims, String tenant, String role) {
            JsonNode organizations = claims.path("organization");
            return organizations.size() == 1
                    && texts(organizations.path(tenant).path("realm_access").path("roles"))
                            .equals(List.of(role));
        }
    },
    /** Nowhere: whom it is for, and no tenant. */
    PLAIN {
        @Override
        boolean told(JsonNode claims, String tenant, String role) {
            return !claims.path("preferred_username").asText().isEmpty()
                    && !claims.has("tenant_id")
                    && !claims.has("organization");
        }
    };

    abstract boolean told(JsonNode claims, String tenant, String role);

    /**
     * Does nothing if the token tells them.
     *
     * @throws BenchmarkException if it does not
     */
    void check(String accessToken, String tenant, String role) {
        check(Http.parse(Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1])), tenant, role);
    }

    /** The same of claims that are not in a token, as introspection answers them. */
    void checkClaims(String json, String tenant, String role) {
        check(Http.parse(json.getBytes(StandardCharsets.UTF_8)), tenant, role);
    }

    private void check(JsonNode claims, String tenant, String role) {
        if (!told(claims, tenant, role)) {
            throw new BenchmarkException("a token of " + this + " does not say " + tenant + " and " + role
                    + ", it has the claims " + names(claims));
        }
    }

    /** The algorithm that signed it. */
    static String algorithm(String accessToken) {
        return Http.parse(Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[0]))
                .path("alg")
                .asText();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static List<String> names(JsonNode claims) {
        List<String> names = new ArrayList<>();
        claims.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
