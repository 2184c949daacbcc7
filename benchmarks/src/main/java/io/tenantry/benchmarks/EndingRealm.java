package io.tenantry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tenantry.verifier.TokenIdentity;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A realm whose users sign in and out, with our event listener or without. */
final class EndingRealm {
    private static final String PASSWORD = "Development-only-42";
    private static final String CLIENT = "app";
    private static final String SECRET = "benchmark-of-app";
    private static final String USER = "single";
    private static final String LISTENER = "redis-revocations";

    private final Http http;
    private final URI protocol;
    private final String name;

    private EndingRealm(Http http, URI protocol, String name) {
        this.http = http;
        this.protocol = protocol;
        this.name = name;
    }

    /**
     * One that was signed in.
     *
     * @param sid names it
     */
    record Session(String sid, String refreshToken, TokenIdentity token) {}

    static EndingRealm create(Site site, String name, boolean listening) {
        Admin admin = site.admin();
        admin.post(
                "/realms",
                Map.of(
                        "realm",
                        name,
                        "enabled",
                        true,
                        "organizationsEnabled",
                        true,
                        // Long enough that nothing expires while it is counted
                        "accessTokenLifespan",
                        3_600,
                        "passwordPolicy",
                        PolicyRealm.CHEAP_HASH,
                        "eventsListeners",
                        listening ? List.of("jboss-logging", LISTENER) : List.of("jboss-logging")));
        String path = "/realms/" + name;
        admin.post(
                path + "/clients",
                Map.of(
                        "clientId",
                        CLIENT,
                        "publicClient",
                        false,
                        "secret",
                        SECRET,
                        "standardFlowEnabled",
                        false,
                        "directAccessGrantsEnabled",
                        true,
                        "attributes",
                        Map.of("access.token.signed.response.alg", PlainRealm.ES256)));
        admin.post(
                path + "/users",
                Map.of(
                        "username",
                        USER,
                        "enabled",
                        true,
                        "email",
                        "single@brokers.example",
                        "emailVerified",
                        true,
                        "firstName",
                        "Sina",
                        "lastName",
                        "Single",
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
        return new EndingRealm(
                site.http(), URI.create(site.keycloak().baseUri() + path + "/protocol/openid-connect/"), name);
    }

    String name() {
        return name;
    }

    Session signIn() {
        JsonNode answer = http.postForm(
                protocol.resolve("token"),
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        CLIENT,
                        "client_secret",
                        SECRET,
                        "username",
                        USER,
                        "password",
                        PASSWORD,
                        "scope",
                        "openid"));
        JsonNode claims = Http.parse(Base64.getUrlDecoder()
                .decode(answer.path("access_token").asText().split("\\.", -1)[1]));
        String sid = claims.path("sid").asText();
        return new Session(
                sid,
                answer.path("refresh_token").asText(),
                TokenIdentity.of(
                        Instant.ofEpochSecond(claims.path("iat").asLong()),
                        claims.path("jti").asText(),
                        sid,
                        claims.path("sub").asText(),
                        null,
                        claims.path("azp").asText()));
    }

    void signOut(Session session) {
        http.postForm(
                protocol.resolve("logout"),
                Map.of(
                        "client_id", CLIENT,
                        "client_secret", SECRET,
                        "refresh_token", session.refreshToken()));
    }
}
