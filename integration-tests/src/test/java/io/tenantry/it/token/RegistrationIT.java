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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dynamic client registration neither adds, removes nor alters mappers for tenants. */
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
