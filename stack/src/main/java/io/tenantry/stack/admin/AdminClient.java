package io.tenantry.stack.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.stack.Form;
import io.tenantry.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * The admin API of one realm; paths are relative to {@code /admin/realms/<realm>}. Whatever fails is a
 * {@link StackException} that names the request and the server's reason, and nothing that was sent.
 */
public final class AdminClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Half of what the realm master gives its administrators' tokens by default. */
    private static final long TOKEN_AGE = Duration.ofSeconds(30).toNanos();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String server;
    private final String realm;
    private final Caller caller;
    private String token = "";
    private long tokenSince;

    /** The API of this realm, at the address under which the server's realms are. */
    public AdminClient(URI server, String realm, Caller caller) {
        this.server = server.toString().replaceAll("/+$", "");
        this.realm = realm;
        this.caller = caller;
    }

    /** A text as a part of a path, where a plus is a plus. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Reads. */
    public JsonNode get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /** Adds. */
    public JsonNode post(String path, JsonNode body) {
        return send("POST", path, json(body));
    }

    /** Changes. */
    public JsonNode put(String path, JsonNode body) {
        return send("PUT", path, json(body));
    }

    /** For the paths that say all. */
    public void put(String path) {
        send("PUT", path, HttpRequest.BodyPublishers.noBody());
    }

    /** Removes. */
    public void delete(String path) {
        send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body) {
        URI uri = URI.create(server + "/admin/realms/" + encoded(realm) + path);
        return answer(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(method, body),
                method,
                this::remedy);
    }

    private String token() {
        if (token.isEmpty() || System.nanoTime() - tokenSince > TOKEN_AGE) {
            tokenSince = System.nanoTime();
            token = answer(
                            HttpRequest.newBuilder(URI.create(server + "/realms/" + encoded(caller.realm())
                                            + "/protocol/openid-connect/token"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(Form.encode(caller.grant()))),
                            "Could not sign in: POST",
                            status -> status == 404 ? remedy(status) : "; check the credentials in the environment")
                    .path("access_token")
                    .asText();
        }
        return token;
    }

    private JsonNode answer(HttpRequest.Builder request, String method, IntFunction<String> remedy) {
        HttpRequest built = request.timeout(PATIENCE).build();
        try {
            HttpResponse<String> response = http.send(built, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new StackException(method + " " + built.uri() + " answered " + response.statusCode()
                        + reason(response.body()) + remedy.apply(response.statusCode()));
            }
            return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StackException(method + " " + built.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private static HttpRequest.BodyPublisher json(JsonNode body) {
        try {
            return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree is JSON", e);
        }
    }

    private static String reason(String body) {
        try {
            JsonNode error = JSON.readTree(body);
            String text = error.path("errorMessage")
                    .asText(error.path("error_description").asText(""));
            return text.isEmpty() ? "" : " (" + text + ")";
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private String remedy(int status) {
        return switch (status) {
            case 403 -> "; the caller needs " + caller.needs();
            case 404 -> "; check the address, the realm's name, and that the jar is in providers/";
            default -> "";
        };
    }
}
