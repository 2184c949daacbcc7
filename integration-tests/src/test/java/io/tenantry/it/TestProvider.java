package io.tenantry.it;

import io.tenantry.stack.browser.Browser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An identity provider of a {@link TestRealm}: another realm, by OpenID Connect.
 *
 * @param realm the one that has it
 * @param alias its name there
 * @param client the client of the other realm that this one signs in with
 */
public record TestProvider(TestRealm realm, String alias, TestClient client) {
    /** Trusts the other realm, with fields of the provider's representation added or replaced. */
    public static TestProvider create(
            TestRealm realm, String alias, TestRealm corporate, Map<String, ?> representation) {
        TestClient client = corporate.confidentialClient("broker-of-" + alias);
        TestProvider provider = new TestProvider(realm, alias, client);
        client.update(Map.of("redirectUris", List.of(provider.endpoint())));
        String protocol = corporate.issuer() + "/protocol/openid-connect";
        Map<String, Object> fields = new HashMap<>(Map.of(
                "alias",
                alias,
                "providerId",
                "oidc",
                "enabled",
                true,
                "config",
                Map.of(
                        "issuer",
                        corporate.issuer(),
                        "authorizationUrl",
                        protocol + "/auth",
                        "tokenUrl",
                        protocol + "/token",
                        "jwksUrl",
                        protocol + "/certs",
                        "useJwksUrl",
                        "true",
                        "validateSignature",
                        "true",
                        "clientAuthMethod",
                        "client_secret_post",
                        "defaultScope",
                        "openid",
                        "clientId",
                        client.clientId(),
                        "clientSecret",
                        client.secret())));
        fields.putAll(representation);
        realm.admin().body(fields).post("/identity-provider/instances").then().statusCode(201);
        return provider;
    }

    /** Changes fields of a provider's representation; those of its config are merged. */
    public static void update(TestRealm realm, String alias, Map<String, ?> fields, Map<String, String> config) {
        Map<String, Object> representation = realm.admin()
                .get("/identity-provider/instances/{alias}", alias)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        Map<String, Object> merged = new HashMap<>();
        ((Map<?, ?>) representation.get("config")).forEach((key, value) -> merged.put((String) key, value));
        merged.putAll(config);
        representation.putAll(fields);
        representation.put("config", merged);
        realm.admin()
                .body(representation)
                .put("/identity-provider/instances/{alias}", alias)
                .then()
                .statusCode(204);
    }

    /** Where the provider sends people back to. */
    public String endpoint() {
        return realm.issuer() + "/broker/" + alias + "/endpoint";
    }

    /** Makes a user of the realm the same person as one of the provider's. */
    public void link(TestUser user, TestUser employee) {
        realm.admin()
                .body(Map.of("identityProvider", alias, "userId", employee.id(), "userName", employee.username()))
                .post("/users/{id}/federated-identity/{provider}", user.id(), alias)
                .then()
                .statusCode(204);
    }

    /** Signs one of the provider's users in, in a fresh browser. */
    public LoginAttempt signIn(TestClient app, String scope, TestUser employee) {
        return app.open(new Browser(), scope, Map.of("kc_idp_hint", alias)).credentials(employee, TestUser.PASSWORD);
    }
}
