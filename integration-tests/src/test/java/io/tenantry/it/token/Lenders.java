package io.tenantry.it.token;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two lenders of one realm and a user of both: a teller at northbank, an underwriter (a composite role that includes
 * analyst) at harbor.
 */
record Lenders(TestRealm realm, TestOrg northbank, TestOrg harbor, TestUser alice) {
    /** The mapper in every document, as the console's defaults would have it. */
    static final Map<String, String> EVERYWHERE = Map.of(
            "access.token.claim", "true",
            "id.token.claim", "true",
            "userinfo.token.claim", "true",
            "introspection.token.claim", "true",
            "lightweight.claim", "true");

    static Lenders in(TestRealm realm) {
        TestUser alice = realm.user("alice");
        TestOrg northbank = realm.org("northbank").add(alice);
        northbank.group("tellers").realmRole("teller").add(alice);
        TestOrg harbor = realm.org("harbor").add(alice);
        harbor.group("underwriters").realmRole("underwriter").add(alice);
        composite(realm, "underwriter", "analyst");
        return new Lenders(realm, northbank, harbor, alice);
    }

    /** A confidential client whose tokens carry a tenant if one is asked for; it introspects its own tokens. */
    TestClient client(String clientId) {
        return mapped(realm.confidentialClient(clientId), Map.of());
    }

    /** The same, refusing tokens without a tenant. */
    TestClient strictClient(String clientId) {
        return mapped(realm.confidentialClient(clientId), Map.of("tenant.required", "true"));
    }

    static TestClient mapped(TestClient client, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(EVERYWHERE);
        config.putAll(more);
        return client.mapper("tenant-claims-mapper", config).audience(client);
    }

    /** A client scope with a mapper, which no client has yet; tells its id. */
    static String scope(TestRealm realm, String name, Map<String, String> attributes, Map<String, String> config) {
        return realm.admin()
                .body(Map.of(
                        "name",
                        name,
                        "protocol",
                        "openid-connect",
                        "attributes",
                        attributes,
                        "protocolMappers",
                        List.of(Map.of(
                                "name",
                                "tenant",
                                "protocol",
                                "openid-connect",
                                "protocolMapper",
                                "tenant-claims-mapper",
                                "config",
                                config))))
                .post("/client-scopes")
                .then()
                .statusCode(201)
                .extract()
                .header("Location")
                .replaceAll(".*/", "");
    }

    private static void composite(TestRealm realm, String role, String child) {
        realm.role(child);
        Map<String, Object> representation = realm.admin()
                .get("/roles/{role}", child)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        realm.admin()
                .body(List.of(representation))
                .post("/roles/{role}/composites", role)
                .then()
                .statusCode(204);
    }
}
