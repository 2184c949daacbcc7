package io.tenantry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A confidential client, as the application behind it sees it. */
record Client(Http http, URI tokenEndpoint, String clientId, String secret) {
    @Override
    public String toString() {
        return clientId;
    }

    /** The access token of a fresh sign-in. */
    String signIn(String username, String password, String tenant) {
        return password(username, password, tenant).path("access_token").asText();
    }

    /** Signs in once; each request is a refresh with the refresh token that the last one was answered with. */
    Source refreshing(String username, String password, String tenant) {
        return new Refreshing(
                this, password(username, password, tenant).path("refresh_token").asText());
    }

    /** Each request is one for the client's own service account. */
    Source ownAccount(String tenant) {
        return () -> grant(Map.of("grant_type", "client_credentials", "scope", "organization:" + tenant))
                .path("access_token")
                .asText();
    }

    private JsonNode password(String username, String password, String tenant) {
        return grant(Map.of(
                "grant_type",
                "password",
                "username",
                username,
                "password",
                password,
                "scope",
                "openid organization:" + tenant));
    }

    private JsonNode grant(Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("client_id", clientId);
        form.put("client_secret", secret);
        return http.postForm(tokenEndpoint, form);
    }

    /** Used by one thread at a time, and handed from one to the next through the pool's queue. */
    private static final class Refreshing implements Source {
        private final Client client;
        private @Nullable String refreshToken;

        Refreshing(Client client, String refreshToken) {
            this.client = client;
            this.refreshToken = refreshToken;
        }

        @Override
        public String next() {
            if (refreshToken == null) {
                throw new BenchmarkException("the request before this one has failed");
            }
            String presented = refreshToken;
            refreshToken = null;
            JsonNode answer = client.grant(Map.of("grant_type", "refresh_token", "refresh_token", presented));
            refreshToken = answer.path("refresh_token").asText();
            return answer.path("access_token").asText();
        }
    }
}
