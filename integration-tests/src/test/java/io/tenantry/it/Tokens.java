package io.tenantry.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of the token endpoint: tokens, or an OAuth error. Getting a token from a refusal fails the test with it. */
public final class Tokens {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final Map<String, Object> body;

    /** Of any request to the token endpoint. */
    public Tokens(Response response) {
        this.status = response.statusCode();
        this.body = parsed(response.asString());
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The OAuth error code, or null where it is none. */
    public @Nullable String error() {
        return text("error");
    }

    /** What the error says, or null. */
    public @Nullable String errorDescription() {
        return text("error_description");
    }

    /** The whole answer. */
    public Map<String, Object> json() {
        return body;
    }

    /** The access token, as sent. */
    public String accessToken() {
        return token("access_token");
    }

    /** The refresh token, as sent. */
    public String refreshToken() {
        return token("refresh_token");
    }

    /** The ID token, as sent. */
    public String idToken() {
        return token("id_token");
    }

    /** The claims of the access token, not verified. */
    public Map<String, Object> accessClaims() {
        return claims(accessToken());
    }

    /** The claims of the ID token, not verified. */
    public Map<String, Object> idClaims() {
        return claims(idToken());
    }

    /** The claims of the refresh token, not verified. */
    public Map<String, Object> refreshClaims() {
        return claims(refreshToken());
    }

    /** The claims of any signed token, not verified. */
    public static Map<String, Object> claims(String jwt) {
        return parsed(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    /** Not by JsonPath, which compiles a script for each path that it is asked for. */
    private static Map<String, Object> parsed(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON object: " + json, e);
        }
    }

    private @Nullable String text(String name) {
        Object value = body.get(name);
        return value == null ? null : value.toString();
    }

    private String token(String name) {
        String token = text(name);
        if (token == null) {
            throw new AssertionError("no " + name + " in an answer with status " + status + ", error " + error() + ", "
                    + errorDescription());
        }
        return token;
    }

    @Override
    public String toString() {
        return "Tokens[status=" + status + ", error=" + error() + "]";
    }
}
