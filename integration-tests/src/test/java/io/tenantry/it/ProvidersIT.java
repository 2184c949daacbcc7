package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an admin finds in the console: each provider of ours, and for each of its settings a label and a help text. */
@WithServer
class ProvidersIT {
    @Test
    void everyProviderIsThereUnderItsPublicName(TestServer server) {
        assertThat(server.providers("protocol-mapper")).contains("tenant-claims-mapper");
        assertThat(server.providers("password-policy")).contains("tenantPolicy");
        assertThat(server.providers("eventsListener")).contains("redis-revocations");
        assertThat(server.providers("identity-provider-mapper")).contains("tenant-saml-rules");
        assertThat(serverInfo(server).getList("themes.login.name", String.class))
                .contains("tenantry");
        assertThat(serverInfo(server).getList("passwordPolicies.find { it.id == 'tenantPolicy' }.collect { it.value }"))
                .isNotEmpty();
    }

    @Test
    void everySettingHasALabelAndAHelpTextThatTheConsoleCanShow(TestServer server, TestRealm realm) {
        Map<String, String> texts = consoleTexts(server);
        List<Map<String, Object>> types = new ArrayList<>(serverInfo(server)
                .getList("protocolMapperTypes.'openid-connect'.findAll { it.id.startsWith('tenant-') }"));
        realm.admin()
                .body(Map.of("alias", "corporate", "providerId", "saml", "enabled", true))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
        Map<String, Map<String, Object>> mappers = realm.admin()
                .get("/identity-provider/instances/corporate/mapper-types")
                .jsonPath()
                .getMap("");
        mappers.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("tenant-"))
                .forEach(entry -> types.add(entry.getValue()));

        assertThat(types.stream().map(type -> String.valueOf(type.get("id"))))
                .contains("tenant-claims-mapper", "tenant-saml-rules");
        assertThat(types).allSatisfy(type -> {
            assertShown(texts, type.get("name"));
            assertShown(texts, type.get("helpText"));
            assertThat((List<?>) type.get("properties")).isNotEmpty().allSatisfy(property -> {
                Map<?, ?> setting = (Map<?, ?>) property;
                assertShown(texts, setting.get("label"));
                assertShown(texts, setting.get("helpText"));
            });
        });
    }

    /** A text is shown as it stands unless it is a key; a key of ours without its text would be shown raw. */
    private static void assertShown(Map<String, String> texts, Object text) {
        assertThat(text).asString().isNotBlank();
        String shown = texts.getOrDefault(text, String.valueOf(text));
        assertThat(shown)
                .as("what the console shows for '%s'", text)
                .isNotBlank()
                .doesNotMatch("[a-z][A-Za-z]*[.A-Z]\\S*");
    }

    private static JsonPath serverInfo(TestServer server) {
        return server.admin()
                .get("/serverinfo")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The bundle that the admin console itself loads. */
    private static Map<String, String> consoleTexts(TestServer server) {
        List<Map<String, String>> texts = given().baseUri(
                        server.keycloak().baseUri().toString())
                .get("/resources/master/admin/en")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("");
        return texts.stream()
                .collect(Collectors.toMap(text -> text.get("key"), text -> text.get("value"), (one, other) -> one));
    }
}
