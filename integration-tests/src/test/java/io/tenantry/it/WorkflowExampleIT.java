package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The shell steps of {@code deploy/github-actions/realm.yml}, as they stand there, one shell each as GitHub does it. In
 * place of the first, which builds this repository anew, stands what the build made already; the steps that check out and
 * install are GitHub's.
 */
@ProcessesOnly
class WorkflowExampleIT {
    @TempDir
    private Path folder;

    @Test
    void aRealmFileIsCheckedImportedExaminedAndSignedInTo() throws Exception {
        try (Stack stack = new StackSettings().build()) {
            stack.redis().start();
            Map<String, String> environment = environment(stack);
            Files.copy(
                    RepositoryCommand.ROOT.resolve("realm-config/lending-realm.json"),
                    folder.resolve("lending-realm.json"));
            Files.createSymbolicLink(folder.resolve("tenantry"), RepositoryCommand.ROOT);
            Path home = folder.resolve("keycloak");
            StackHome.find().distribution().unpackTo(home);
            Files.copy(StackHome.find().providerJar(), home.resolve("providers/tenantry-keycloak.jar"));
            Map<String, String> steps = steps();
            assertThat(steps.keySet())
                    .containsExactly(
                            "Build Tenantry, and unpack Keycloak",
                            "Check the realm file",
                            "Import the realm and start",
                            "Ask the doctor",
                            "Sign in, for one tenant",
                            "Stop");
            try {
                assertThat(run(steps, "Check the realm file", environment)).contains("1 files, 0 problems");
                run(steps, "Import the realm and start", environment);
                assertThat(run(steps, "Ask the doctor", environment)).contains("0 errors");
                assertThat(run(steps, "Sign in, for one tenant", environment)).contains("\"tenant_id\":\"northbank\"");
            } finally {
                run(steps, "Stop", environment);
            }
        }
    }

    /** The first step, but for Maven: what it unpacks and copies is there under these names after a build. */
    @Test
    void theFirstStepNamesWhatTheBuildMakes() throws IOException {
        String script = String.valueOf(steps().get("Build Tenantry, and unpack Keycloak"));

        assertThat(script)
                .contains("./mvnw -q -pl stack -am package")
                .contains("stack/target/distribution/keycloak-$KEYCLOAK_VERSION.zip")
                .contains("stack/target/providers/tenantry-keycloak.jar");
        assertThat(StackHome.find().distribution().zip())
                .endsWith(Path.of(
                        "stack/target/distribution/keycloak-" + StackHome.find().keycloakVersion() + ".zip"));
        assertThat(StackHome.find().providerJar()).endsWith(Path.of("stack/target/providers/tenantry-keycloak.jar"));
    }

    /** The realm in the Operator's resource is a realm file as YAML, and must be a good one. */
    @Test
    void theRealmOfTheOperatorsExampleIsGood() throws IOException {
        Map<?, ?> spec = (Map<?, ?>) yaml("operator/realm-import.yaml").get("spec");
        Path file = folder.resolve("lending-realm.json");
        new ObjectMapper().writeValue(file.toFile(), spec.get("realm"));

        RepositoryCommand check = RepositoryCommand.run(
                Map.of("LENDING_API_SECRET", "from a secret", "SMTP_PASSWORD", "from a secret"),
                "check-realm",
                file.toString());

        assertThat(check.output()).isEqualTo("1 files, 0 problems" + System.lineSeparator());
        assertThat(check.exitStatus()).isZero();
        assertThat(RepositoryCommand.run(Map.of(), "check-realm", file.toString())
                        .output())
                .contains("LENDING_API_SECRET is not set here", "SMTP_PASSWORD is not set here");
    }

    private Map<String, String> environment(Stack stack) throws IOException {
        Map<String, String> environment = new HashMap<>();
        workflow("env").forEach((name, value) -> environment.put(name, value.toString()));
        try (ServerSocket http = new ServerSocket(0);
                ServerSocket management = new ServerSocket(0)) {
            environment.put("KC_HTTP_PORT", Integer.toString(http.getLocalPort()));
            environment.put("KC_HTTP_MANAGEMENT_PORT", Integer.toString(management.getLocalPort()));
        }
        environment.put("KEYCLOAK_URL", "http://localhost:" + environment.get("KC_HTTP_PORT"));
        environment.put("KEYCLOAK_HEALTH_URL", "http://localhost:" + environment.get("KC_HTTP_MANAGEMENT_PORT"));
        environment.put("KEYCLOAK_PUBLIC_URL", environment.get("KEYCLOAK_URL"));
        environment.put("KEYCLOAK_INTERNAL_URL", environment.get("KEYCLOAK_URL"));
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        environment.put("REDIS_URI", stack.redis().uri().toString());
        environment.put("SMOKE_SECRET", "development-only-lending-api");
        environment.put("SMOKE_PASSWORD", "Development-only-42");
        environment.put("GITHUB_ENV", folder.resolve("github.env").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return environment;
    }

    /** Runs a step as GitHub does, and takes over what it put into the environment of the later ones. */
    private String run(Map<String, String> steps, String name, Map<String, String> environment) throws Exception {
        Path output = folder.resolve(name.replace(' ', '-') + ".log");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", String.valueOf(steps.get(name)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(6, TimeUnit.MINUTES);
        String text = Files.readString(output);
        assertThat(ended && process.exitValue() == 0).as("%s: %s", name, text).isTrue();
        Path added = folder.resolve("github.env");
        if (Files.exists(added)) {
            Files.readString(added).lines().forEach(line -> {
                int equals = line.indexOf('=');
                environment.put(line.substring(0, equals), line.substring(equals + 1));
            });
        }
        return text;
    }

    private static Map<String, String> steps() throws IOException {
        Map<String, String> scripts = new LinkedHashMap<>();
        Map<?, ?> job = (Map<?, ?>) workflow("jobs").get("realm");
        ((List<?>) job.get("steps")).forEach(step -> {
            Map<?, ?> fields = (Map<?, ?>) step;
            if (fields.containsKey("run")) {
                scripts.put(String.valueOf(fields.get("name")), String.valueOf(fields.get("run")));
            }
        });
        return scripts;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> workflow(String part) throws IOException {
        return (Map<String, Object>) yaml("github-actions/realm.yml").get(part);
    }

    private static Map<String, Object> yaml(String file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options))
                .load(Files.readString(RepositoryCommand.ROOT.resolve("deploy").resolve(file)));
    }
}
