package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import io.tenantry.stack.Progress;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./apply-realm} on the shipped realms: no drift after the import, and a changed file comes in alone. */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplyRealmIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "Development-only-42";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(new StackSettings()
                .realms(StackHome.find().realms())
                .progress(Progress.to(System.out, Clock.systemUTC()))
                .start());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {"lending", "granite", "northbank-corporate"})
    void aRealmHasNotDriftedFromTheFileThatItWasImportedFrom(String realm) {
        RepositoryCommand check = apply(shipped(realm), "--check");

        assertThat(check.output()).isEqualTo("0 differences" + System.lineSeparator());
        assertThat(check.exitStatus()).isZero();
        assertThat(apply(shipped(realm)).output())
                .isEqualTo("0 differences applied, 0 could not be, 0 left that only the server has"
                        + System.lineSeparator());
    }

    @Order(2)
    @Test
    void aChangeInTheConsoleIsNamedWithItsPath() {
        ObjectNode summit = organization("summit");
        summit.withObject("/attributes").putArray("password-policy").add("length(4)");
        summit.withObject("/attributes").putArray("login.level").add("1");
        admin().body(text(summit))
                .put("/organizations/{id}", summit.path("id").asText())
                .then()
                .statusCode(204);
        ObjectNode realm = json(admin().get().asString());
        realm.put("accessTokenLifespan", 3600);
        admin().body(text(realm)).put().then().statusCode(204);
        admin().body(Map.of("clientId", "left-over")).post("/clients").then().statusCode(201);

        RepositoryCommand check = apply(shipped("lending"), "--check");

        assertThat(check.exitStatus()).isEqualTo(1);
        assertThat(check.output().lines())
                .hasSize(5)
                .anyMatch(line -> line.equals("~ $.accessTokenLifespan: the server has 3600, the file 300"))
                .anyMatch(line -> line.startsWith(
                        "~ $.organizations['summit'].attributes['password-policy']: the server has [\"length(4)\"]"))
                .anyMatch(line -> line.startsWith("- $.organizations['summit'].attributes['login.level']"))
                .anyMatch(line -> line.equals("- $.clients['left-over']"))
                .last()
                .isEqualTo("4 differences");

        RepositoryCommand applied = apply(shipped("lending"));
        assertThat(applied.output())
                .endsWith("2 differences applied, 0 could not be, 2 left that only the server has"
                        + System.lineSeparator());
        assertThat(applied.exitStatus()).isZero();
    }

    @Order(3)
    @Test
    void aChangedFileComesInAndPeopleSessionsAndKeysStay() throws IOException {
        String refreshToken = signIn("noah@northbank.example", "northbank").path("refresh_token");
        List<Object> people = people();
        String keys = get("/keys");
        ObjectNode file = json(Files.readString(shipped("lending")));
        change(file);
        Path changed = Files.writeString(folder.resolve("lending-realm.json"), text(file));

        RepositoryCommand applied = apply(changed);

        assertThat(applied.exitStatus()).as(applied.output()).isZero();
        assertThat(applied.output())
                .contains(
                        "~ $.organizations['northbank'].attributes['password-policy']",
                        "+ $.clients['lending-mobile']",
                        "+ $.organizations['eastbank']",
                        "+ $.roles.realm['appraiser']",
                        "- $.clients['lending-batch']",
                        "0 could not be");
        assertThat(organization("northbank")
                        .path("attributes")
                        .path("password-policy")
                        .toString())
                .contains("length(16)");
        assertThat(get("/clients?clientId=lending-mobile")).contains("lending-mobile");
        assertThat(get("/clients?clientId=lending-batch"))
                .as("a removal is told, and done by a person")
                .contains("lending-batch");
        assertThat(get("/keys")).isEqualTo(keys);
        // One user more, and one member
        assertThat(people()).hasSize(people.size() + 2).containsAll(people);
        assertThat(refresh(refreshToken).statusCode()).isEqualTo(200);
        assertThat(signIn("nora@eastbank.example", "eastbank").statusCode()).isEqualTo(200);

        String before = get("");
        List<Object> after = people();
        RepositoryCommand again = apply(changed);
        assertThat(again.output()).contains("0 differences applied, 0 could not be");
        assertThat(again.exitStatus()).isZero();
        assertThat(get("")).isEqualTo(before);
        assertThat(people()).isEqualTo(after);
    }

    @Order(4)
    @Test
    void aRealmThatIsNotThereAndACallerWithoutRightsAreNoDrift() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"realm\": \"other\"}");

        assertThat(apply(other, "--check").exitStatus()).isEqualTo(2);
        RepositoryCommand nobody = RepositoryCommand.run(
                Map.of(),
                "apply-realm",
                server.keycloak().baseUri().toString(),
                shipped("granite").toString());
        assertThat(nobody.exitStatus()).isEqualTo(2);
        assertThat(nobody.output()).contains("APPLY_USERNAME");
    }

    @Order(5)
    @Test
    void whatItLeavesAloneIsToldAndStaysAsItIs() throws IOException {
        ObjectNode file = json(Files.readString(shipped("lending")));
        file.withObject("/roles/client").putArray("lending-api").addObject().put("name", "auditor");
        file.putArray("groups").addObject().put("name", "Back office");
        file.putArray("scopeMappings")
                .addObject()
                .put("client", "lending-api")
                .putArray("roles")
                .add("underwriter");
        file.path("authenticationFlows").forEach(flow -> {
            if (flow.path("alias").asText().equals("lender second factor")) {
                ((ObjectNode) flow).put("providerId", "form-flow");
            }
        });
        file.put("accessTokenLifespan", 240);
        Path changed = Files.writeString(folder.resolve("left-alone.json"), text(file));

        for (int run = 0; run < 2; run++) {
            RepositoryCommand applied = apply(changed);

            assertThat(applied.exitStatus()).as(applied.output()).isEqualTo(1);
            assertThat(applied.output().lines().filter(line -> line.startsWith("! ")))
                    .hasSize(4)
                    .contains("! + $.roles.client['lending-api']['auditor']", "! + $.groups['Back office']")
                    .anyMatch(line -> line.startsWith("! ~ $.scopeMappings: "))
                    .anyMatch(line -> line.startsWith(
                            "! ~ $.authenticationFlows['lender second factor'].providerId: the server has "
                                    + "\"basic-flow\""));
            assertThat(applied.output()).contains(" 4 could not be, ");
        }
        assertThat(json(get("")).path("accessTokenLifespan").asInt())
                .as("the rest is applied")
                .isEqualTo(240);
        String client = admin().get("/clients?clientId=lending-api").jsonPath().getString("[0].id");
        assertThat(get("/clients/" + client + "/roles")).doesNotContain("auditor");
        assertThat(get("/clients/" + client + "/scope-mappings/realm")).isEqualTo("[]");
        assertThat(get("/groups")).isEqualTo("[]");
        assertThat(get("/authentication/flows/lender sign-in forms/executions")).doesNotContain("form-flow");
    }

    private static void change(ObjectNode file) {
        ArrayNode clients = file.withArray("clients");
        for (int i = clients.size() - 1; i >= 0; i--) {
            if (clients.get(i).path("clientId").asText().equals("lending-batch")) {
                clients.remove(i);
            }
        }
        ObjectNode mobile = clients.get(0).deepCopy();
        mobile.remove("id");
        clients.add(mobile.put("clientId", "lending-mobile"));
        file.withObject("/roles").withArray("realm").addObject().put("name", "appraiser");
        file.path("organizations").forEach(organization -> {
            if (organization.path("alias").asText().equals("northbank")) {
                ((ObjectNode) organization.path("attributes"))
                        .putArray("password-policy")
                        .add("length(16)");
            }
        });
        file.withArray("users").removeAll();
        ObjectNode nora = file.withArray("users").addObject();
        nora.put("username", "nora@eastbank.example").put("email", "nora@eastbank.example");
        nora.put("firstName", "Nora")
                .put("lastName", "East")
                .put("enabled", true)
                .put("emailVerified", true);
        nora.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
        nora.putArray("realmRoles").add("default-roles-lending");
        ObjectNode eastbank = file.withArray("organizations").addObject();
        eastbank.put("name", "Eastbank").put("alias", "eastbank").put("enabled", true);
        eastbank.putArray("domains").addObject().put("name", "eastbank.example").put("verified", true);
        eastbank.putObject("attributes").putArray("password-policy").add("length(10)");
        ObjectNode desk = eastbank.putArray("groups").addObject();
        desk.put("id", "of-the-file").put("name", "Desk").putArray("realmRoles").add("appraiser");
        desk.putArray("subGroups")
                .addObject()
                .put("name", "Heads")
                .putArray("realmRoles")
                .add("underwriter");
        ObjectNode member = eastbank.putArray("members").addObject();
        member.put("username", "nora@eastbank.example").put("membershipType", "UNMANAGED");
        member.putArray("groups").add("of-the-file");
    }

    private RepositoryCommand apply(Path file, String... options) {
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        String address = server.keycloak().baseUri().toString();
        arguments.add(address);
        arguments.add(file.toString());
        Map<String, String> environment = new HashMap<>();
        environment.put("APPLY_USERNAME", server.keycloak().admin().username());
        environment.put("APPLY_PASSWORD", server.keycloak().admin().password());
        environment.put("KEYCLOAK_PUBLIC_URL", address);
        environment.put("KEYCLOAK_INTERNAL_URL", address);
        return RepositoryCommand.run(environment, "apply-realm", arguments.toArray(String[]::new));
    }

    private static Path shipped(String realm) {
        return RepositoryCommand.ROOT.resolve("realm-config").resolve(realm + "-realm.json");
    }

    private io.restassured.specification.RequestSpecification admin() {
        return server.realm("lending").admin();
    }

    private String get(String path) {
        return admin().get(path).then().statusCode(200).extract().asString();
    }

    /** All users with the members of every organization. */
    private List<Object> people() {
        List<Object> all =
                new ArrayList<>(admin().get("/users?max=100").jsonPath().getList(""));
        admin().get("/organizations?max=100")
                .jsonPath()
                .getList("id")
                .forEach(id -> all.addAll(admin().get("/organizations/{id}/members?max=100", id)
                        .jsonPath()
                        .getList("collect {[it.id, '" + id + "']}")));
        return all;
    }

    private ObjectNode organization(String alias) {
        String id = admin().get("/organizations?max=100").jsonPath().getString("find {it.alias == '" + alias + "'}.id");
        return json(get("/organizations/" + id));
    }

    private Response signIn(String user, String tenant) {
        return given().formParam("grant_type", "password")
                .formParam("client_id", "lending-api")
                .formParam("client_secret", "development-only-lending-api")
                .formParam("username", user)
                .formParam("password", PASSWORD)
                .formParam("scope", "openid organization:" + tenant)
                .post(server.realmUri("lending") + "/protocol/openid-connect/token");
    }

    private Response refresh(String token) {
        return given().formParam("grant_type", "refresh_token")
                .formParam("client_id", "lending-api")
                .formParam("client_secret", "development-only-lending-api")
                .formParam("refresh_token", token)
                .post(server.realmUri("lending") + "/protocol/openid-connect/token");
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String text(JsonNode json) {
        return json.toString();
    }
}
