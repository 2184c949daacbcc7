package io.tenantry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tenantry.stack.KeycloakServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The admin API, paths relative to {@code /admin}. */
final class Admin {
    /** Half of what an administrator's access token lives. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final KeycloakServer keycloak;
    private final Http http;
    private @Nullable String token;
    private long since;

    Admin(KeycloakServer keycloak, Http http) {
        this.keycloak = keycloak;
        this.http = http;
    }

    JsonNode get(String path) {
        return http.get(address(path), token());
    }

    /** Makes something and returns its id, empty where Keycloak gives none. */
    String post(String path, @Nullable Object body) {
        String location = http.sendJson("POST", address(path), token(), body);
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void put(String path, @Nullable Object body) {
        http.sendJson("PUT", address(path), token(), body);
    }

    /** Gets a new token now, so that none is asked for while a clock runs. */
    synchronized void renew() {
        token = null;
        token();
    }

    private URI address(String path) {
        return URI.create(keycloak.baseUri() + "/admin" + path);
    }

    private synchronized String token() {
        String known = token;
        if (known == null || System.nanoTime() - since > FRESH.toNanos()) {
            since = System.nanoTime();
            known = http.postForm(
                            URI.create(keycloak.baseUri() + "/realms/master/protocol/openid-connect/token"),
                            Map.of(
                                    "grant_type",
                                    "password",
                                    "client_id",
                                    "admin-cli",
                                    "username",
                                    keycloak.admin().username(),
                                    "password",
                                    keycloak.admin().password()))
                    .path("access_token")
                    .asText();
            token = known;
        }
        return known;
    }
}
