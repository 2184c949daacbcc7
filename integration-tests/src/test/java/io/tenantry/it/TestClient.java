package io.tenantry.it;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tenantry.stack.browser.Browser;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A client of a {@link TestRealm}, and the application behind it.
 *
 * @param id the internal id, for the admin API
 * @param secret empty for a public client
 */
public record TestClient(TestRealm realm, String id, String clientId, String secret) {
    /** Where every test client is called back; nothing listens there. */
    public static final String REDIRECT_URI = "http://app.example/callback";

    /** The form field of the page that offers several organizations, and the auth note behind it. */
    static final String ORGANIZATION_FIELD = "kc.org";

    static TestClient create(TestRealm realm, String clientId, String secret, Map<String, ?> representation) {
        Map<String, Object> client = new HashMap<>(Map.of(
                "clientId",
                clientId,
                "redirectUris",
                List.of(REDIRECT_URI),
                "standardFlowEnabled",
                true,
                "directAccessGrantsEnabled",
                true));
        client.putAll(representation);
        return new TestClient(realm, Created.id(realm.admin().body(client).post("/clients")), clientId, secret);
    }

    /** Adds an OIDC protocol mapper, named as its type. */
    public TestClient mapper(String type, Map<String, String> config) {
        return mapper(type, type, config);
    }

    /** Adds an OIDC protocol mapper. */
    public TestClient mapper(String name, String type, Map<String, String> config) {
        realm.admin()
                .body(Map.of(
                        "name", name,
                        "protocol", "openid-connect",
                        "protocolMapper", type,
                        "config", config))
                .post("/clients/{id}/protocol-mappers/models", id)
                .then()
                .statusCode(201);
        return this;
    }

    /** Adds another client to the audience of this one's tokens; introspection by that client needs it. */
    public TestClient audience(TestClient other) {
        return mapper(
                "audience " + other.clientId(),
                "oidc-audience-mapper",
                Map.of("included.client.audience", other.clientId(), "access.token.claim", "true"));
    }

    /** Changes fields of its representation, such as {@code enabled}. */
    public TestClient update(Map<String, ?> fields) {
        Map<String, Object> client = realm.admin()
                .get("/clients/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        client.putAll(fields);
        realm.admin().body(client).put("/clients/{id}", id).then().statusCode(204);
        return this;
    }

    /** Has Keycloak's authorization services guard a resource of this client, which everybody may use; tells its id. */
    public String protectedResource(String name) {
        update(Map.of("authorizationServicesEnabled", true));
        Map<String, Object> server = realm.admin()
                .get("/clients/{id}/authz/resource-server", id)
                .jsonPath()
                .getMap("");
        server.put("policyEnforcementMode", "PERMISSIVE");
        realm.admin()
                .body(server)
                .put("/clients/{id}/authz/resource-server", id)
                .then()
                .statusCode(204);
        return realm.admin()
                .body(Map.of("name", name))
                .post("/clients/{id}/authz/resource-server/resource", id)
                .then()
                .statusCode(201)
                .extract()
                .path("_id");
    }

    /** The user id of its service account. */
    public String serviceAccountId() {
        return realm.admin()
                .get("/clients/{id}/service-account-user", id)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    /** Opens the authorization endpoint in this browser, in a tab of its own. */
    public LoginAttempt open(Browser browser, String scope) {
        return open(browser, scope, Map.of());
    }

    /** The same, with further parameters such as {@code prompt}. */
    public LoginAttempt open(Browser browser, String scope, Map<String, String> more) {
        return open(browser, endpoint("auth"), scope, more);
    }

    /** The same under another host name of the server. */
    public LoginAttempt openAt(String host, Browser browser, String scope) {
        URI server = realm.server().keycloak().baseUri();
        return open(
                browser, endpoint("auth").replace("//" + server.getHost() + ":", "//" + host + ":"), scope, Map.of());
    }

    /** The address that a real browser opens to sign in. */
    public URI signIn(String scope, Map<String, String> more) {
        return authorization(endpoint("auth"), scope, more, Pkce.random());
    }

    private LoginAttempt open(Browser browser, String endpoint, String scope, Map<String, String> more) {
        Pkce pkce = Pkce.random();
        return new LoginAttempt(this, pkce, browser.open(authorization(endpoint, scope, more, pkce)));
    }

    private URI authorization(String endpoint, String scope, Map<String, String> more, Pkce pkce) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId);
        query.put("response_type", "code");
        query.put("redirect_uri", REDIRECT_URI);
        query.put("scope", scope);
        query.put("state", "a-state");
        query.put("code_challenge", pkce.challenge());
        query.put("code_challenge_method", "S256");
        query.putAll(more);
        String encoded = query.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(endpoint + '?' + encoded);
    }

    /** Signs a user in through the pages, in a fresh browser, for a scope that asks for no choice of organization. */
    public Tokens login(TestUser user, String scope) {
        return open(new Browser(), scope).credentials(user, TestUser.PASSWORD).tokens();
    }

    /** Signs a user of several organizations in through the pages, choosing this one. */
    public Tokens login(TestUser user, String scope, String organization) {
        return login(new Browser(), user, scope, organization);
    }

    /** The same in a given browser: where that has a session, only the organization is asked for. */
    public Tokens login(Browser browser, TestUser user, String scope, String organization) {
        return open(browser, scope)
                .complete(user, TestUser.PASSWORD, organization)
                .tokens();
    }

    /** Resource owner password grant. */
    public Tokens password(TestUser user, String scope) {
        return token(Map.of(
                "grant_type", "password", "username", user.username(), "password", TestUser.PASSWORD, "scope", scope));
    }

    /** Client credentials grant. */
    public Tokens clientCredentials(String scope) {
        return token(Map.of("grant_type", "client_credentials", "scope", scope));
    }

    /** Refreshes, without a scope. */
    public Tokens refresh(Tokens tokens) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    /** Refreshes with a scope. */
    public Tokens refresh(Tokens tokens, String scope) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken(), "scope", scope));
    }

    /** Standard token exchange of an access token. */
    public Tokens exchange(String accessToken, String scope) {
        return token(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", accessToken,
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
                "scope", scope));
    }

    /** Any request to the token endpoint, with this client's authentication added. */
    public Tokens token(Map<String, String> parameters) {
        return new Tokens(authenticated().formParams(parameters).post(endpoint("token")));
    }

    /** Introspects a token as this client, which must be in its audience. */
    public Response introspect(String token) {
        return authenticated().formParam("token", token).post(endpoint("token/introspect"));
    }

    /** Asks userinfo with a token. */
    public Response userinfo(String accessToken) {
        return given().auth().oauth2(accessToken).get(endpoint("userinfo"));
    }

    /** Ends the session of a refresh token. */
    public void logout(Tokens tokens) {
        authenticated()
                .formParam("refresh_token", tokens.refreshToken())
                .post(endpoint("logout"))
                .then()
                .statusCode(204);
    }

    /** Revokes an access or a refresh token (RFC 7009). */
    public void revoke(String token) {
        authenticated()
                .formParam("token", token)
                .post(endpoint("revoke"))
                .then()
                .statusCode(200);
    }

    /** Any endpoint of the realm's OpenID Connect, such as {@code auth/device}, with this client's authentication. */
    public Response post(String endpoint, Map<String, String> parameters) {
        return authenticated().formParams(parameters).post(endpoint(endpoint));
    }

    private RequestSpecification authenticated() {
        RequestSpecification request = given().formParam("client_id", clientId);
        return secret.isEmpty() ? request : request.formParam("client_secret", secret);
    }

    private String endpoint(String name) {
        return realm.issuer() + "/protocol/openid-connect/" + name;
    }
}
