package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.stack.StackHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands by which realm-config/README.md creates realms on a server that runs, typed as they stand there. */
@WithServer
class RealmReadmeIT {
    private static final Path PAGE = RepositoryCommand.ROOT.resolve("realm-config/README.md");
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    /** What the placeholders are filled with, in place of what is for development only. */
    private static final String SECRET = "Quite-Another-Horse-17";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void take(TestServer shared) {
        server = shared;
    }

    @AfterEach
    void remove() {
        for (String realm : List.of("lending", "granite")) {
            server.admin().delete("/realms/{realm}", realm);
        }
    }

    @Test
    void curlCreatesTheRealmThatTheFileSays() throws Exception {
        for (String tool : List.of("curl", "jq")) {
            Tools.assume(Tools.onPath(tool), "no " + tool + ", so realm-config/README.md is not tried");
        }
        assertThat(run("| jq -r")).contains("1 files, 0 problems");
        assertIsWhatTheFileSays("lending");
        assertThat(given().formParam("grant_type", "password")
                        .formParam("client_id", "lending-api")
                        .formParam("client_secret", SECRET)
                        .formParam("username", "noah@northbank.example")
                        .formParam("password", SECRET)
                        .formParam("scope", "openid organization:northbank")
                        .post(server.realmUri("lending") + "/protocol/openid-connect/token")
                        .statusCode())
                .as("the placeholders are filled, and users and members there")
                .isEqualTo(200);
    }

    @Test
    void kcadmCreatesTheRealmThatTheFileSays() throws Exception {
        assertThat(run("kcadm.sh")).contains("1 files, 0 problems", "Created new realm with id 'granite'");
        assertIsWhatTheFileSays("granite");
    }

    /** Why the file must be filled first. */
    @Test
    void theAdminApiTakesAPlaceholderAtItsWord() {
        server.admin()
                .body(Map.of("realm", "granite", "displayName", "${GRANITE_NAME:Granite}"))
                .post("/realms")
                .then()
                .statusCode(201);
        assertThat(server.admin().get("/realms/granite").jsonPath().getString("displayName"))
                .isEqualTo("${GRANITE_NAME:Granite}");
    }

    @Test
    void aFileThatIsWrongIsNotPrinted() throws IOException {
        Path wrong =
                Files.writeString(folder.resolve("wrong.json"), "{\"realm\": \"wrong\", \"loginTeme\": \"${X:y}\"}");

        RepositoryCommand check = RepositoryCommand.run(Map.of(), "check-realm", "--filled", wrong.toString());

        assertThat(check.exitStatus()).isEqualTo(1);
        assertThat(check.output()).contains("loginTeme", "1 problems").doesNotContain("{");
    }

    private void assertIsWhatTheFileSays(String realm) {
        Map<String, String> environment = environment();
        environment.put("APPLY_USERNAME", server.keycloak().admin().username());
        environment.put("APPLY_PASSWORD", server.keycloak().admin().password());
        RepositoryCommand check = RepositoryCommand.run(
                environment,
                "apply-realm",
                "--check",
                server.keycloak().baseUri().toString(),
                "realm-config/" + realm + "-realm.json");
        assertThat(check.output()).isEqualTo("0 differences" + System.lineSeparator());
    }

    private Map<String, String> environment() {
        String address = server.keycloak().baseUri().toString();
        Map<String, String> environment = new HashMap<>(Map.of(
                "KC", address,
                "KC_BOOTSTRAP_ADMIN_USERNAME", server.keycloak().admin().username(),
                "KC_BOOTSTRAP_ADMIN_PASSWORD", server.keycloak().admin().password(),
                "KEYCLOAK_PUBLIC_URL", address,
                "KEYCLOAK_INTERNAL_URL", address));
        for (String secret : List.of("LENDING_API_SECRET", "LENDING_USER_PASSWORD")) {
            environment.put(secret, SECRET);
        }
        return environment;
    }

    /** Runs the commands at the repository's root, where a server with the jar is at KC_HOME. */
    private String run(String holding) throws Exception {
        Path home = folder.resolve("keycloak");
        StackHome.find().distribution().unpackTo(home);
        assertThat(home.resolve("bin/kcadm.sh").toFile().setExecutable(true)).isTrue();
        Files.copy(StackHome.find().providerJar(), home.resolve("providers/tenantry-keycloak.jar"));
        Process shell = shell(block(holding), home);
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output;
    }

    private Process shell(String script, Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + script)
                .directory(RepositoryCommand.ROOT.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment());
        builder.environment()
                .putAll(Map.of(
                        "KC_HOME", home.toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        // Where kcadm keeps who signed in
                        "KC_OPTS", "-Duser.home=" + folder));
        Process shell = builder.start();
        shell.getOutputStream().close();
        return shell;
    }

    private static String block(String holding) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .filter(block -> block.contains(holding))
                .toList();
        assertThat(blocks).as("blocks with %s", holding).hasSize(1);
        return blocks.get(0);
    }
}
