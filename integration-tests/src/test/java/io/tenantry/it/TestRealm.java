package io.tenantry.it;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tenantry.contract.RedisKeys;
import io.tenantry.stack.KeycloakServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A realm on a {@link TestServer}. */
public final class TestRealm implements AutoCloseable {
    /** The listener under test, by its public id. */
    public static final String LISTENER = "redis-revocations";

    /** A password policy for realms of many people whose passwords are nobody's concern. */
    public static final String CHEAP_HASH = "hashAlgorithm(pbkdf2-sha256) and hashIterations(10)";

    /** Fields of a realm whose codes and access tokens outlive a test on the slowest machine. */
    public static final Map<String, ?> UNHURRIED = Map.of("accessCodeLifespan", 1800, "accessTokenLifespan", 3600);

    private final TestServer server;
    private final String name;

    TestRealm(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    static TestRealm create(TestServer server, String name, Map<String, ?> representation) {
        Map<String, Object> realm = new HashMap<>(Map.of(
                "realm",
                name,
                "enabled",
                true,
                "sslRequired",
                "none",
                "organizationsEnabled",
                true,
                "accessTokenLifespan",
                300,
                "eventsListeners",
                List.of("jboss-logging", LISTENER)));
        realm.putAll(RealmKeys.next());
        realm.putAll(representation);
        server.admin().body(realm).post("/realms").then().statusCode(201);
        return new TestRealm(server, name);
    }

    /** The realm's name. */
    public String name() {
        return name;
    }

    /** The issuer of its tokens. */
    public String issuer() {
        return server.realmUri(name);
    }

    /** The server that it is on. */
    public TestServer server() {
        return server;
    }

    /** The same through another node; its issuer is another then, so tokens stay with the node that issued them. */
    public TestRealm through(KeycloakServer node) {
        return new TestRealm(server.through(node), name);
    }

    /** Its keys in Redis, with the default prefix. */
    public RedisKeys redisKeys() {
        return new RedisKeys(RedisKeys.DEFAULT_PREFIX, name);
    }

    /** The admin API with paths relative to {@code /admin/realms/<name>}, bodies JSON. */
    public RequestSpecification admin() {
        return server.admin().basePath("/admin/realms/" + name);
    }

    /** How the publishing of its revocations stands. */
    public JsonPath revocationStatus() {
        return admin().get("/tenantry/revocations/status")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Changes fields of its representation. */
    public TestRealm update(Map<String, ?> fields) {
        Map<String, Object> representation =
                admin().get().then().statusCode(200).extract().jsonPath().getMap("");
        representation.putAll(fields);
        admin().body(representation).put().then().statusCode(204);
        return this;
    }

    /** A new enabled user with the email {@code <username>@example.test}; the password is {@link TestUser#PASSWORD}. */
    public TestUser user(String username) {
        return user(username, Map.of());
    }

    /** The same, with fields of the user representation added or replaced. */
    public TestUser user(String username, Map<String, ?> representation) {
        Map<String, Object> user = new HashMap<>(Map.of(
                "username",
                username,
                "enabled",
                true,
                "email",
                username + "@example.test",
                "emailVerified",
                true,
                "firstName",
                "First",
                "lastName",
                "Last",
                "credentials",
                List.of(Map.of("type", "password", "value", TestUser.PASSWORD, "temporary", false))));
        user.putAll(representation);
        return new TestUser(this, Created.id(admin().body(user).post("/users")), username);
    }

    /** A new realm role. */
    public String role(String role) {
        admin().body(Map.of("name", role)).post("/roles").then().statusCode(201);
        return role;
    }

    /** A new organization: its name is the alias, its one domain {@code <alias>.example}. */
    public TestOrg org(String alias) {
        Map<String, Object> org = Map.of(
                "name", alias,
                "alias", alias,
                "domains", List.of(Map.of("name", alias + ".example", "verified", true)));
        return new TestOrg(this, Created.id(admin().body(org).post("/organizations")), alias);
    }

    /** A new public client with PKCE, the code flow and the password grant. */
    public TestClient publicClient(String clientId) {
        return TestClient.create(
                this,
                clientId,
                "",
                Map.of("publicClient", true, "attributes", Map.of("pkce.code.challenge.method", "S256")));
    }

    /** A new confidential client with its secret, service account and standard token exchange. */
    public TestClient confidentialClient(String clientId) {
        String secret = "secret-of-" + clientId;
        return TestClient.create(
                this,
                clientId,
                secret,
                Map.of(
                        "publicClient",
                        false,
                        "secret",
                        secret,
                        "serviceAccountsEnabled",
                        true,
                        "attributes",
                        Map.of("standard.token.exchange.enabled", "true")));
    }

    /** Deletes it. */
    @Override
    public void close() {
        admin().delete().then().statusCode(204);
    }
}
