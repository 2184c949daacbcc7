package io.tenantry.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tenantry.stack.KeycloakServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an administrator does in the walk. */
final class AdminApi {
    private final KeycloakServer keycloak;
    private final String realm;
    private final Http http;

    AdminApi(KeycloakServer keycloak, String realm, Http http) {
        this.keycloak = keycloak;
        this.realm = realm;
        this.http = http;
    }

    /** Sets a user's password; the answer may be a refusal. */
    Http.Answer resetPassword(String username, String password) {
        String token = token();
        String user = userId(username, token);
        return http.putJson(
                address("/users/" + user + "/reset-password"),
                token,
                Map.of("type", "password", "value", password, "temporary", false));
    }

    private String userId(String username, String token) {
        String query = URLEncoder.encode(username, StandardCharsets.UTF_8);
        JsonNode users =
                http.get(address("/users?exact=true&username=" + query), token).body();
        JsonNode id = users.path(0).path("id");
        if (id.isMissingNode()) {
            throw new StepFailedException("the realm " + realm + " has no user " + username);
        }
        return id.asText();
    }

    private String token() {
        Http.Answer answer = http.postForm(
                URI.create(keycloak.baseUri() + "/realms/master/protocol/openid-connect/token"),
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        keycloak.admin().username(),
                        "password",
                        keycloak.admin().password()));
        return answer.text("access_token");
    }

    private URI address(String path) {
        return URI.create(keycloak.baseUri() + "/admin/realms/" + realm + path);
    }
}
