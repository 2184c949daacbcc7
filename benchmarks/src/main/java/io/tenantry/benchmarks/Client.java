package io.tenantry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tenantry.stack.Form;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A confidential client, as the application behind it sees it.
 *
 * @param protocol the realm's endpoints are below it
 */
record Client(Http http, URI protocol, String clientId, String secret) {
    @Override
    public String toString() {
        return clientId;
    }

    /** The access token of a fresh sign-in. */
    String signIn(String username, String password, String scope) {
        return password(username, password, scope).path("access_token").asText();
    }

    /** Signs in once; each request is a refresh with the refresh token that the last one was answered with. */
    Source refreshing(String username, String password, String scope) {
        return new Refreshing(
                this, password(username, password, scope).path("refresh_token").asText());
    }

    /** Each request is one for the client's own service account. */
    Source ownAccount(String scope) {
        return () -> token(Map.of("grant_type", "client_credentials", "scope", withOpenId(scope)));
    }

    /** Signs in once; each request asks what is behind that access token, and is answered with the claims. */
    Source introspecting(String username, String password, String scope) {
        String token = signIn(username, password, scope);
        return () -> {
            JsonNode answer = send("token/introspect", Map.of("token", token));
            if (!answer.path("active").asBoolean()) {
                throw new BenchmarkException("a token that nobody has ended is not active");
            }
            return answer.toString();
        };
    }

    /** Signs in once; each request exchanges that access token for another. */
    Source exchanging(String username, String password, String scope) {
        String token = signIn(username, password, scope);
        return () -> token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                token,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "scope",
                withOpenId(scope)));
    }

    /** Signs in once, in a browser; each request redeems a code that the browser has got before. */
    Source redeeming(String username, String password, String scope) {
        return new Redeeming(this, username, password, scope);
    }

    private JsonNode password(String username, String password, String scope) {
        return send(
                "token",
                Map.of(
                        "grant_type",
                        "password",
                        "username",
                        username,
                        "password",
                        password,
                        "scope",
                        withOpenId(scope)));
    }

    private static String withOpenId(String scope) {
        return scope.isEmpty() ? "openid" : "openid " + scope;
    }

    private String token(Map<String, String> fields) {
        return send("token", fields).path("access_token").asText();
    }

    private JsonNode send(String endpoint, Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("client_id", clientId);
        form.put("client_secret", secret);
        return http.postForm(protocol.resolve(endpoint), form);
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
            JsonNode answer = client.send("token", Map.of("grant_type", "refresh_token", "refresh_token", presented));
            refreshToken = answer.path("refresh_token").asText();
            return answer.path("access_token").asText();
        }
    }

    /** The browser's part is in {@link #prepare()}, and that of the application in {@link #next()}. */
    private static final class Redeeming implements Source {
        private final Client client;
        private final String username;
        private final String password;
        private final URI authorization;
        private final Browser browser = new Browser();
        private @Nullable String code;

        Redeeming(Client client, String username, String password, String scope) {
            this.client = client;
            this.username = username;
            this.password = password;
            this.authorization = client.protocol.resolve("auth?"
                    + Form.encode(Map.of(
                            "response_type",
                            "code",
                            "client_id",
                            client.clientId,
                            "redirect_uri",
                            PlainRealm.REDIRECT,
                            "scope",
                            withOpenId(scope))));
        }

        @Override
        public void prepare() {
            Page page = browser.open(authorization);
            // With organizations the name and the password are asked for on a page each; signed in, on none
            if (page.hasField("username") && !page.hasField("password")) {
                page = page.submit(Map.of("username", username));
            }
            if (page.hasField("password")) {
                page = page.submit(
                        page.hasField("username")
                                ? Map.of("username", username, "password", password)
                                : Map.of("password", password));
            }
            Page last = page;
            code = last.parameter("code")
                    .orElseThrow(() -> new BenchmarkException("no code, but " + last + ": " + last.text()));
        }

        @Override
        public String next() {
            if (code == null) {
                throw new BenchmarkException("no code is at hand");
            }
            String redeemed = code;
            code = null;
            return client.token(
                    Map.of("grant_type", "authorization_code", "code", redeemed, "redirect_uri", PlainRealm.REDIRECT));
        }
    }
}
