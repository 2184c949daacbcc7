package io.tenantry.it.password;

import io.restassured.response.Response;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A realm that asks for its tenants' rules, and lenders that have some. Hashing is cheap, as it is not what is tested. */
final class Lenders implements AutoCloseable {
    static final String CHEAP_HASH = "hashAlgorithm(pbkdf2-sha256) and hashIterations(10)";
    static final String POLICY = CHEAP_HASH + " and length(4) and tenantPolicy";

    private static final AtomicInteger COUNT = new AtomicInteger();

    final TestRealm realm;
    final TestClient app;

    Lenders(TestServer server, Map<String, ?> representation) {
        Map<String, Object> fields = new HashMap<>(Map.of("passwordPolicy", POLICY));
        fields.putAll(representation);
        realm = server.createRealm(fields);
        app = realm.publicClient("app");
    }

    TestOrg lender(String alias, String... rules) {
        return realm.org(alias).attribute("password-policy", rules);
    }

    /** A name that no other test's user has. */
    static String name(String start) {
        return start + COUNT.incrementAndGet();
    }

    /** A user without a password, so that none is checked while it has no tenants yet. */
    TestUser user(Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(Map.of("credentials", List.of()));
        all.putAll(fields);
        return realm.user(name("user"), all);
    }

    /** With a password from the start: one that is set later revokes what is issued in the seconds after it, too. */
    TestUser userWith(String password, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("credentials", List.of(Map.of("type", "password", "value", password)));
        return user(all);
    }

    TestUser user(TestOrg... memberOf) {
        TestUser user = user(Map.of());
        for (TestOrg org : memberOf) {
            org.add(user);
        }
        return user;
    }

    /** What an answer of the admin API says, or an empty text if it is a success. */
    static String refusal(Response response) {
        return response.statusCode() < 300 ? "" : response.asString();
    }

    @Override
    public void close() {
        realm.close();
    }
}
