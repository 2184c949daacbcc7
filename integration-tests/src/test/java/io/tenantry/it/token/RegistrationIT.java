package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.tenantry.it.TestRealm;
import io.tenantry.it.WithServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dynamic client registration neither adds, removes nor alters mappers for tenants, nor forges what they say. */
@WithServer
class RegistrationIT {
    @ParameterizedTest
    @ValueSource(strings = {"tenant-claims-mapper", "tenant-client-rules"})
    void cannotAddAMapper(String type, TestRealm realm) {
        Response answer =
                post(realm, initialToken(realm), Map.of("clientId", "app", "protocolMappers", List.of(mapper(type))));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(realm.admin().get("/clients?clientId=app").jsonPath().getList(""))
                .isEmpty();
    }

    /** All allowed by Keycloak: paths that lead into a claim of ours, and a name that Keycloak fills in later. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "oidc-usermodel-attribute-mapper|tenant_id",
                "oidc-usermodel-attribute-mapper|tenant_roles",
                "oidc-usermodel-attribute-mapper|tenant_roles.nested",
                "oidc-usermodel-property-mapper|tenant\\_id",
                "oidc-usermodel-attribute-mapper|lender",
                "oidc-usermodel-attribute-mapper|lender.id",
                "oidc-usermodel-property-mapper|${client_id}",
                "oidc-full-name-mapper|tenant_id"
            })
    void cannotHaveAClaimOfOursWritten(String mapper, TestRealm realm) {
        tenantScope(realm);
        String[] parts = mapper.split("\\|", -1);
        Map<String, Object> forging = forging("forged", parts[0], parts[1]);

        Response added =
                post(realm, initialToken(realm), Map.of("clientId", "forged", "protocolMappers", List.of(forging)));

        assertThat(added.statusCode()).as(added.asString()).isEqualTo(403);
        Response registered = post(realm, initialToken(realm), Map.of("clientId", "app"));
        Map<String, Object> client = new HashMap<>(registered.jsonPath().<String, Object>getMap(""));
        List<Object> mappers =
                new ArrayList<>(mappers(realm, registered.jsonPath().getString("id")));
        mappers.add(forging);
        client.put("protocolMappers", mappers);
        Response later = put(realm, registered.jsonPath().getString("registrationAccessToken"), client);
        assertThat(later.statusCode()).as(later.asString()).isEqualTo(403);
        assertThat(mappers(realm, registered.jsonPath().getString("id")))
                .extracting("name")
                .doesNotContain("forged");
    }

    @Test
    void anOrdinaryMapperMayBeRegisteredAndAnAdministratorsMayStay(TestRealm realm) {
        tenantScope(realm);
        Response registered = post(
                realm,
                initialToken(realm),
                Map.of(
                        "clientId",
                        "app",
                        "protocolMappers",
                        List.of(forging("own", "oidc-usermodel-attribute-mapper", "department"))));
        assertThat(registered.statusCode()).as(registered.asString()).isEqualTo(201);
        String id = registered.jsonPath().getString("id");
        realm.admin()
                .body(forging("of the administrator", "oidc-usermodel-attribute-mapper", "tenant_id"))
                .post("/clients/{id}/protocol-mappers/models", id)
                .then()
                .statusCode(201);
        Response read = given().auth()
                .oauth2(registered.jsonPath().getString("registrationAccessToken"))
                .get(realm.issuer() + "/clients-registrations/default/app");
        assertThat(read.jsonPath().getList("protocolMappers.name")).contains("own", "of the administrator");

        Response updated = put(
                realm,
                read.jsonPath().getString("registrationAccessToken"),
                read.jsonPath().getMap(""));

        assertThat(updated.statusCode()).as(updated.asString()).isEqualTo(200);
    }

    @Test
    void cannotLeaveOutTheScopeThatTheRealmGivesEveryClient(TestRealm realm) {
        tenantScope(realm);
        for (Map<String, Object> chosen : List.<Map<String, Object>>of(
                Map.of("defaultClientScopes", List.of("basic")),
                Map.of("defaultClientScopes", List.of()),
                Map.of("defaultClientScopes", List.of("basic"), "optionalClientScopes", List.of("tenant")),
                Map.of("optionalClientScopes", List.of("tenant", "email")),
                Map.of("optionalClientScopes", List.of("email")))) {
            String clientId = "app-" + UUID.randomUUID();
            Map<String, Object> client = new HashMap<>(chosen);
            client.put("clientId", clientId);

            Response registered = post(realm, initialToken(realm), client);

            assertThat(registered.statusCode()).as(registered.asString()).isEqualTo(201);
            assertThat(scopes(realm, registered, "default")).as("%s", chosen).contains("tenant");
            assertThat(scopes(realm, registered, "optional")).doesNotContain("tenant");

            Map<String, Object> update = new HashMap<>(registered.jsonPath().<String, Object>getMap(""));
            update.remove("defaultClientScopes");
            update.remove("optionalClientScopes");
            update.putAll(chosen);
            put(realm, registered.jsonPath().getString("registrationAccessToken"), update);
            assertThat(scopes(realm, registered, "default"))
                    .as("%s updated", chosen)
                    .contains("tenant");
            assertThat(scopes(realm, registered, "optional")).doesNotContain("tenant");
        }
    }

    @Test
    void aRegistrationByOpenIdConnectWithAScopeKeepsItToo(TestRealm realm) {
        tenantScope(realm);
        Response registered = given().contentType(ContentType.JSON)
                .auth()
                .oauth2(initialToken(realm))
                .body(Map.of("redirect_uris", List.of("http://app.example/callback"), "scope", "email"))
                .post(realm.issuer() + "/clients-registrations/openid-connect");
        assertThat(registered.statusCode()).as(registered.asString()).isEqualTo(201);
        String clientId = registered.jsonPath().getString("client_id");
        String id =
                realm.admin().get("/clients?clientId=" + clientId).jsonPath().getString("[0].id");
        assertThat(scopesOf(realm, id, "default")).contains("tenant");

        Map<String, Object> client = new HashMap<>(registered.jsonPath().<String, Object>getMap(""));
        client.put("scope", "email phone");
        Response updated = given().contentType(ContentType.JSON)
                .auth()
                .oauth2(registered.jsonPath().getString("registration_access_token"))
                .body(client)
                .put(realm.issuer() + "/clients-registrations/openid-connect/" + clientId);

        assertThat(updated.statusCode()).as(updated.asString()).isEqualTo(200);
        assertThat(scopesOf(realm, id, "default")).contains("tenant");
    }

    @Test
    void anAnonymousRegistrationIsHeldToTheSame(TestRealm realm) {
        tenantScope(realm);
        trustEveryHost(realm);
        Map<String, Object> client = Map.of("redirectUris", List.of("http://localhost/callback"));

        Map<String, Object> forged = new HashMap<>(client);
        forged.put("clientId", "forged");
        forged.put("protocolMappers", List.of(forging("forged", "oidc-usermodel-attribute-mapper", "tenant_id")));
        assertThat(anonymous(realm, forged).statusCode()).isEqualTo(403);
        Map<String, Object> without = new HashMap<>(client);
        without.put("clientId", "without");
        without.put("defaultClientScopes", List.of("basic"));
        Response registered = anonymous(realm, without);
        assertThat(registered.statusCode()).as(registered.asString()).isEqualTo(201);
        assertThat(scopes(realm, registered, "default")).contains("tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant-claims-mapper", "tenant-client-rules"})
    void canNeitherAlterNorRemoveAMapper(String type, TestRealm realm) {
        Response registered = post(realm, initialToken(realm), Map.of("clientId", "app"));
        assertThat(registered.statusCode()).isEqualTo(201);
        String token = registered.jsonPath().getString("registrationAccessToken");
        String id = registered.jsonPath().getString("id");
        realm.admin()
                .body(mapper(type))
                .post("/clients/{id}/protocol-mappers/models", id)
                .then()
                .statusCode(201);
        List<Map<String, Object>> before = mappers(realm, id);
        assertThat(before).extracting("protocolMapper").contains(type);
        Map<String, Object> client = new HashMap<>(registered.jsonPath().<String, Object>getMap(""));

        List<Map<String, Object>> altered = new ArrayList<>();
        for (Map<String, Object> mapper : before) {
            Map<String, Object> copy = new HashMap<>(mapper);
            if (type.equals(copy.get("protocolMapper"))) {
                copy.put(
                        "config",
                        Map.of("tenant.required", "false", "access.token.claim", "false", "tenant.switch", "true"));
            }
            altered.add(copy);
        }
        for (List<Map<String, Object>> attempt : List.of(
                altered,
                List.<Map<String, Object>>of(),
                before.stream()
                        .filter(mapper -> !type.equals(mapper.get("protocolMapper")))
                        .toList())) {
            client.put("protocolMappers", attempt);
            Response answer = given().contentType(ContentType.JSON)
                    .auth()
                    .oauth2(token)
                    .body(client)
                    .put(realm.issuer() + "/clients-registrations/default/app");
            if (answer.statusCode() == 200) {
                token = answer.jsonPath().getString("registrationAccessToken");
            }
            assertThat(mappers(realm, id)).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    /** A scope that every client has, whose mapper is set to a claim of another name. */
    private static void tenantScope(TestRealm realm) {
        String scope = Lenders.scope(
                realm, "tenant", Map.of(), Map.of("tenant.id.claim", "lender", "access.token.claim", "true"));
        realm.admin().put("/default-default-client-scopes/{id}", scope).then().statusCode(204);
    }

    private static void trustEveryHost(TestRealm realm) {
        List<Map<String, Object>> policies = realm.admin()
                .queryParam("type", "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy")
                .get("/components")
                .jsonPath()
                .getList("");
        policies.stream()
                .filter(policy -> "trusted-hosts".equals(policy.get("providerId")))
                .forEach(policy -> realm.admin()
                        .delete("/components/{id}", policy.get("id"))
                        .then()
                        .statusCode(204));
    }

    private static Map<String, Object> forging(String name, String type, String claim) {
        return Map.of(
                "name",
                name,
                "protocol",
                "openid-connect",
                "protocolMapper",
                type,
                "config",
                Map.of("claim.name", claim, "user.attribute", "locale", "access.token.claim", "true"));
    }

    private static List<String> scopes(TestRealm realm, Response registered, String kind) {
        return scopesOf(realm, registered.jsonPath().getString("id"), kind);
    }

    private static List<String> scopesOf(TestRealm realm, String id, String kind) {
        return realm.admin()
                .get("/clients/{id}/{kind}-client-scopes", id, kind)
                .jsonPath()
                .getList("name");
    }

    private static Response put(TestRealm realm, String token, Map<String, Object> client) {
        return given().contentType(ContentType.JSON)
                .auth()
                .oauth2(token)
                .body(client)
                .put(realm.issuer() + "/clients-registrations/default/" + client.get("clientId"));
    }

    private static Response anonymous(TestRealm realm, Map<String, Object> client) {
        return given().contentType(ContentType.JSON)
                .body(client)
                .post(realm.issuer() + "/clients-registrations/default");
    }

    private static Map<String, Object> mapper(String type) {
        return Map.of(
                "name",
                "tenant",
                "protocol",
                "openid-connect",
                "protocolMapper",
                type,
                "config",
                type.equals("tenant-client-rules")
                        ? Map.of("tenant.switch", "false")
                        : Map.of("tenant.required", "true", "access.token.claim", "true"));
    }

    private static List<Map<String, Object>> mappers(TestRealm realm, String id) {
        return realm.admin()
                .get("/clients/{id}/protocol-mappers/models", id)
                .jsonPath()
                .getList("");
    }

    private static String initialToken(TestRealm realm) {
        return realm.admin()
                .body(Map.of("count", 1, "expiration", 60))
                .post("/clients-initial-access")
                .jsonPath()
                .getString("token");
    }

    private static Response post(TestRealm realm, String token, Map<String, ?> client) {
        return given().contentType(ContentType.JSON)
                .auth()
                .oauth2(token)
                .body(client)
                .post(realm.issuer() + "/clients-registrations/default");
    }
}
