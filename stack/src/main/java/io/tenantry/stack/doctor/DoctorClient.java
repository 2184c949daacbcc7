package io.tenantry.stack.doctor;

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
import java.util.Map;

/** Asks a server about a realm. */
public final class DoctorClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI server;

    /** Asks this server, given by the address under which its realms are. */
    public DoctorClient(URI server) {
        this.server = server;
    }

    /**
     * Signs in as the environment says, and asks.
     *
     * @throws StackException if that fails, with the reason
     */
    public Report examine(String realm, Map<String, String> environment) {
        Caller caller = Caller.of(realm, environment);
        HttpRequest.Builder signIn = request("/realms/" + encoded(caller.realm()) + "/protocol/openid-connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Form.encode(caller.grant())));
        String token = answer(signIn, "sign in").path("access_token").asText();
        HttpRequest.Builder question = request("/admin/realms/" + encoded(realm) + "/tenantry/doctor")
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        return Report.of(answer(question, "ask the doctor"));
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    private JsonNode answer(HttpRequest.Builder request, String purpose) {
        URI uri = request.build().uri();
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new StackException("Could not " + purpose + ": " + uri + " answered " + response.statusCode()
                        + remedy(response.statusCode()));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StackException("Could not " + purpose + " at " + uri + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private static String remedy(int status) {
        return switch (status) {
            case 400, 401 -> "; check the credentials in the environment";
            case 403 -> "; the caller needs view-realm, view-clients and view-identity-providers";
            case 404 -> "; check the address, the realm's name, and that the jar is in providers/";
            default -> "";
        };
    }

    /** As a part of a path, where a plus is a plus. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
