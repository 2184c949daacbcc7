package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerEnvironmentTest {
    @Test
    void whatTheShellSaysOfKeycloakAndItsJavaIsLeftOut() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/bin",
                "KC_DB", "oracle",
                "KCRAW_DB_PASSWORD", "x",
                "QUARKUS_PROFILE", "dev",
                "JAVA_OPTS", "-Xmx1g",
                "JAVA_HOME", "/other"));

        ServerEnvironment.apply(environment, "/the/jdk", Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", "admin"));

        assertThat(environment)
                .containsOnly(
                        Map.entry("PATH", "/bin"),
                        Map.entry("JAVA_HOME", "/the/jdk"),
                        Map.entry("KC_BOOTSTRAP_ADMIN_USERNAME", "admin"));
    }

    @Test
    void realmFilesLearnTheNodesAddressesUnlessTheyAreGiven() {
        NodeSettings settings = new NodeSettings(
                Map.of(),
                Map.of("KEYCLOAK_PUBLIC_URL", "https://id.example"),
                List.of(),
                new KeycloakServer.AdminAccount("admin", "secret"),
                8180,
                9100);

        assertThat(settings.environmentAt(URI.create("http://localhost:8180"), URI.create("http://localhost:8080")))
                .containsOnly(
                        Map.entry("KEYCLOAK_PUBLIC_URL", "https://id.example"),
                        Map.entry("KEYCLOAK_INTERNAL_URL", "http://localhost:8080"));
    }

    @Test
    void noPasswordIsPrinted() {
        assertThat(new KeycloakServer.AdminAccount("admin", "secret").toString())
                .contains("admin")
                .doesNotContain("secret");
    }
}
