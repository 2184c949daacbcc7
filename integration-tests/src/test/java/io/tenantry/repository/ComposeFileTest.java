package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

@SuppressWarnings("unchecked")
class ComposeFileTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET)$");

    private final String text = Repository.read(Repository.ROOT.resolve("docker-compose.yml"));
    private final Map<String, Map<String, Object>> services = services(text);

    @Test
    void imagesAreTheVersionsOfThePom() {
        assertThat(services)
                .extractingFromEntries(service -> service.getValue().get("image"))
                .containsExactlyInAnyOrder(
                        "postgres:" + Repository.pom("postgres.image.version"),
                        "redis:" + Repository.pom("redis.image.version"),
                        "quay.io/keycloak/keycloak:" + Repository.pom("keycloak.version"),
                        "quay.io/keycloak/keycloak:" + Repository.pom("keycloak.version"),
                        "nginx:" + Repository.pom("nginx.image.version"));
    }

    @Test
    void theMountedJarIsTheOneThatTheBuildMakes() {
        String jar = "./providers/target/tenantry-keycloak-" + Repository.property("project.version") + ".jar";

        assertThat(sources()).contains(jar, "./realm-config");
        assertThat(sources()).allSatisfy(source -> {
            Path path = Repository.ROOT.resolve(source).normalize();
            // Where only this module is built, the jar need not be there yet; the name is checked above
            assertThat(source.equals(jar) ? path.getParent().getParent() : path).exists();
        });
    }

    @Test
    void aMountThatIsMissingFailsTheStart() {
        assertThat(bindMounts()).isNotEmpty().allSatisfy(mount -> {
            assertThat(mount).containsEntry("type", "bind").containsEntry("read_only", true);
            assertThat((Map<String, Object>) mount.get("bind")).containsEntry("create_host_path", false);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "redis", "keycloak", "keycloak-2", "nginx"})
    void aServiceSaysWhetherItIsHealthy(String name) {
        assertThat((Map<String, Object>) services.get(name).get("healthcheck")).containsKey("test");
    }

    @Test
    void keycloakStartsInProductionModeAfterWhatItNeeds() {
        Map<String, Object> keycloak = services.get("keycloak");

        assertThat((List<String>) keycloak.get("command")).first().isEqualTo("start");
        assertThat((Map<String, Map<String, String>>) keycloak.get("depends_on"))
                .containsOnlyKeys("postgres", "redis")
                .allSatisfy((name, on) -> assertThat(on).containsEntry("condition", "service_healthy"));
    }

    @Test
    void theSecondNodeIsTheFirstButForItsTasks() {
        Map<String, Object> second = services.get("keycloak-2");

        assertThat(second).containsEntry("profiles", List.of("cluster")).containsEntry("ports", List.of());
        assertThat(second.get("environment")).isEqualTo(services.get("keycloak").get("environment"));
        assertThat((List<String>) second.get("command")).containsExactly("start");
    }

    /** Only NGINX's address may say where a request comes from, NGINX has that address, and leads to the two nodes. */
    @Test
    void forwardedHeadersAreBelievedFromTheProxyAlone() {
        Map<String, Object> environment =
                (Map<String, Object>) services.get("keycloak").get("environment");
        Map<String, Object> networks =
                (Map<String, Object>) services.get("nginx").get("networks");
        String address = ((Map<String, String>) networks.get("default")).get("ipv4_address");

        assertThat(environment)
                .containsEntry("KC_PROXY_HEADERS", "${KC_PROXY_HEADERS:-xforwarded}")
                .containsEntry("KC_PROXY_TRUSTED_ADDRESSES", "${KC_PROXY_TRUSTED_ADDRESSES:-" + address + "}");
        assertThat(text).contains("subnet: " + address.replaceFirst("\\.[0-9]+$", ".0/24"));
        String nginx = Repository.read(Repository.ROOT.resolve("deploy/nginx/keycloak.conf"));
        assertThat(Pattern.compile("^ +server ([a-z0-9-]+):8080", Pattern.MULTILINE)
                        .matcher(nginx)
                        .results()
                        .map(match -> match.group(1)))
                .containsExactly("keycloak", "keycloak-2");
        assertThat(nginx).contains("listen 8000;", "X-Forwarded-For   $remote_addr;", "Forwarded         \"\";");
    }

    @Test
    void portsAreOpenOnThisMachineAlone() {
        assertThat(services.values())
                .flatMap(service -> (List<String>) service.getOrDefault("ports", List.of()))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @Test
    void everySecretComesFromTheEnvironment() {
        services.values()
                .forEach(service -> ((Map<String, Object>) service.getOrDefault("environment", Map.of()))
                        .forEach((name, value) -> {
                            if (value != null && SECRET.matcher(name).matches()) {
                                assertThat(value.toString()).as(name).matches("\\$\\{[A-Z_]+:-development-only}");
                            }
                        }));
    }

    @Test
    void whatRealmsAskForReachesKeycloakAndIsInTheExample() {
        Map<String, Object> environment =
                (Map<String, Object>) services.get("keycloak").get("environment");

        assertThat(environment).containsKeys(namesInRealms().toArray(String[]::new));
        Set<String> needed = new LinkedHashSet<>(namesInRealms());
        VARIABLE.matcher(text).results().forEach(match -> needed.add(match.group(1)));
        // Set by docker-compose.yml itself: the container's own port
        needed.remove("KEYCLOAK_INTERNAL_URL");
        assertThat(namesIn(Repository.read(Repository.ROOT.resolve(".env.example"))))
                .containsAll(needed);
    }

    private static Set<String> namesInRealms() {
        return RealmConfigTest.files().stream()
                .flatMap(file -> Placeholder.in(Repository.read(file)).stream())
                .map(Placeholder::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> namesIn(String example) {
        return example.lines()
                .filter(line -> line.matches("#?[A-Z_]+=.*"))
                .map(line -> line.replaceAll("^#|=.*$", ""))
                .collect(Collectors.toSet());
    }

    private List<String> sources() {
        return bindMounts().stream().map(mount -> (String) mount.get("source")).toList();
    }

    private List<Map<String, Object>> bindMounts() {
        return services.values().stream()
                .flatMap(service -> ((List<Object>) service.getOrDefault("volumes", List.of())).stream())
                .filter(Map.class::isInstance)
                .map(mount -> (Map<String, Object>) mount)
                .toList();
    }

    private static Map<String, Map<String, Object>> services(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(text);
        return (Map<String, Map<String, Object>>) file.get("services");
    }
}
