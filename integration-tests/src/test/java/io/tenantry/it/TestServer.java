package io.tenantry.it;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.Progress;
import io.tenantry.stack.RedisServer;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/** A server with the shaded jar and a real Redis. */
public final class TestServer implements AutoCloseable {
    /** Half of the life of an access token of the realm master. */
    private static final Duration ADMIN_TOKEN_AGE = Duration.ofSeconds(30);

    private final Stack stack;
    private final KeycloakServer keycloak;
    private final RedisClient redis;
    private @Nullable String adminToken;
    private long adminTokenSince;

    /** Over a stack that is running; it is closed with this. */
    public TestServer(Stack stack) {
        this(stack, stack.keycloak(), RedisClient.create(stack.redis().uri()));
    }

    private TestServer(Stack stack, KeycloakServer keycloak, RedisClient redis) {
        this.stack = stack;
        this.keycloak = keycloak;
        this.redis = redis;
    }

    static TestServer start() {
        return new TestServer(new StackSettings()
                // A busy machine must not turn "published with the answer" into "published soon after"
                .option("spi-events-listener--redis-revocations--publish-timeout", "10000")
                // Passwords of tests need not be hard to guess from their hashes, and there are thousands
                .option("spi-password-hashing--argon2--iterations", "1")
                .option("spi-password-hashing--argon2--memory", "64")
                // It serves for as long as the whole run: its code is worth to be compiled well
                .environment("JAVA_OPTS_APPEND", "-XX:+TieredCompilation")
                .progress(Progress.to(System.out, Clock.systemUTC()))
                .start());
    }

    /** To restart or kill it, or read its log. Not the shared one: other tests rely on it. */
    public KeycloakServer keycloak() {
        return keycloak;
    }

    /** The same through another node of its stack; close only the first. */
    public TestServer through(KeycloakServer node) {
        return new TestServer(stack, node, redis);
    }

    /** To pause or kill it. Not the shared one. */
    public RedisServer redisServer() {
        return stack.redis();
    }

    /** A client of the Redis that the listener publishes to. */
    public RedisClient redis() {
        return redis;
    }

    /** The address of a realm, which is its tokens' issuer. */
    public String realmUri(String realm) {
        return keycloak().baseUri() + "/realms/" + realm;
    }

    /** The admin API as the server's administrator; paths are relative to {@code /admin}, bodies JSON. */
    public RequestSpecification admin() {
        return given().baseUri(keycloak().baseUri().toString())
                .basePath("/admin")
                .auth()
                .oauth2(adminToken())
                .contentType(ContentType.JSON);
    }

    /** A realm with a name of its own: organizations on, our listener enabled, access tokens of five minutes. */
    public TestRealm createRealm() {
        return createRealm(Map.of());
    }

    /** The same, with fields of the realm representation added or replaced. */
    public TestRealm createRealm(Map<String, ?> representation) {
        return createRealm("it-" + UUID.randomUUID().toString().substring(0, 8), representation);
    }

    /** The same under this name, which is to be read in a picture. */
    public TestRealm createRealm(String name, Map<String, ?> representation) {
        return TestRealm.create(this, name, representation);
    }

    /** A realm that is there already. */
    public TestRealm realm(String name) {
        return new TestRealm(this, name);
    }

    /** The ids of the providers that the server knows for an SPI, such as {@code protocol-mapper}. */
    public List<String> providers(String spi) {
        Map<String, ?> providers = admin().get("/serverinfo")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("providers.'" + spi + "'.providers");
        return providers == null ? List.of() : List.copyOf(providers.keySet());
    }

    @Override
    public void close() {
        redis.close();
        stack.close();
    }

    /** An access token of the server's administrator, which is good for some seconds at least. */
    public synchronized String adminToken() {
        boolean old = System.nanoTime() - adminTokenSince > ADMIN_TOKEN_AGE.toNanos();
        if (adminToken == null || old) {
            adminToken = given().baseUri(keycloak().baseUri().toString())
                    .formParam("grant_type", "password")
                    .formParam("client_id", "admin-cli")
                    .formParam("username", keycloak().admin().username())
                    .formParam("password", keycloak().admin().password())
                    .post("/realms/master/protocol/openid-connect/token")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .<String, String>getMap("")
                    .get("access_token");
            adminTokenSince = System.nanoTime();
        }
        return adminToken;
    }
}
