package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What lies in deploy/: versions, options, ids and settings in it are those of the code; docs/deploy.md says what runs. */
@SuppressWarnings("unchecked")
class DeployTest {
    private static final Path DEPLOY = Repository.ROOT.resolve("deploy");
    private static final String LISTENER = "spi-events-listener--redis-revocations--";
    private static final Pattern OPTION = Pattern.compile("(?:KC_)?(SPI_EVENTS_LISTENER__REDIS_REVOCATIONS__[A-Z_]+)");
    private static final Pattern DASHED_OPTION = Pattern.compile(LISTENER + "([a-z-]+)");
    private static final Pattern SETTING =
            Pattern.compile("^ +\"?([a-z.]+)\"? *[=:] *\"?[^\"\\n]*\"?$", Pattern.MULTILINE);

    private static final String KEYCLOAKS = "(access|id|userinfo|introspection)\\.token\\.claim|lightweight\\.claim"
            + "|(include|display|included|pkce|post|user|attribute)\\..*";

    /** Arguments of the provider's resources, as its documentation has them; not all. */
    private static final Map<String, Set<String>> ARGUMENTS = Map.ofEntries(
            Map.entry(
                    "keycloak_realm",
                    Set.of(
                            "realm",
                            "enabled",
                            "display_name",
                            "organizations_enabled",
                            "login_theme",
                            "email_theme",
                            "password_policy",
                            "access_token_lifespan",
                            "reset_password_allowed",
                            "registration_email_as_username",
                            "internationalization",
                            "smtp_server",
                            "security_defenses")),
            Map.entry(
                    "keycloak_realm_events",
                    Set.of(
                            "realm_id",
                            "events_enabled",
                            "events_expiration",
                            "admin_events_enabled",
                            "events_listeners")),
            Map.entry("keycloak_openid_client_scope", Set.of("realm_id", "name", "include_in_token_scope")),
            Map.entry(
                    "keycloak_generic_protocol_mapper",
                    Set.of("realm_id", "client_scope_id", "name", "protocol", "protocol_mapper", "config")),
            Map.entry(
                    "keycloak_openid_client",
                    Set.of(
                            "realm_id",
                            "client_id",
                            "name",
                            "access_type",
                            "standard_flow_enabled",
                            "full_scope_allowed",
                            "pkce_code_challenge_method",
                            "valid_redirect_uris",
                            "valid_post_logout_redirect_uris",
                            "web_origins")),
            Map.entry("keycloak_openid_client_default_scopes", Set.of("realm_id", "client_id", "default_scopes")),
            Map.entry("keycloak_openid_client_optional_scopes", Set.of("realm_id", "client_id", "optional_scopes")),
            Map.entry("keycloak_organization", Set.of("realm", "name", "alias", "domain", "attributes")),
            Map.entry(
                    "keycloak_saml_identity_provider",
                    Set.of(
                            "realm",
                            "alias",
                            "display_name",
                            "entity_id",
                            "single_sign_on_service_url",
                            "store_token",
                            "trust_email",
                            "validate_signature",
                            "want_assertions_signed",
                            "signature_algorithm",
                            "post_binding_authn_request",
                            "post_binding_response",
                            "name_id_policy_format",
                            "principal_type",
                            "sync_mode",
                            "organization_id",
                            "first_broker_login_flow_alias",
                            "post_broker_login_flow_alias",
                            "extra_config")),
            Map.entry(
                    "keycloak_custom_identity_provider_mapper",
                    Set.of("realm", "name", "identity_provider_alias", "identity_provider_mapper", "extra_config")),
            Map.entry("keycloak_authentication_flow", Set.of("realm_id", "alias")),
            Map.entry(
                    "keycloak_authentication_subflow",
                    Set.of("realm_id", "alias", "parent_flow_alias", "requirement", "priority")),
            Map.entry(
                    "keycloak_authentication_execution",
                    Set.of("realm_id", "parent_flow_alias", "authenticator", "requirement", "priority")),
            Map.entry(
                    "keycloak_authentication_bindings",
                    Set.of("realm_id", "browser_flow", "direct_grant_flow", "first_broker_login_flow")));

    static List<Path> files() {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> yaml() {
        return files().stream()
                .filter(file -> file.toString().matches(".*\\.ya?ml"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void yamlIsYaml(Path file) {
        assertThat(parsed(file)).isNotEmpty();
    }

    @Test
    void versionsAreThoseOfThePom() {
        String keycloak = Repository.pom("keycloak.version");
        String ours = Repository.property("project.version");

        assertThat(text("Dockerfile").lines().filter(line -> line.startsWith("FROM ")))
                .containsExactly(
                        "FROM quay.io/keycloak/keycloak:" + keycloak + " AS build",
                        "FROM quay.io/keycloak/keycloak:" + keycloak);
        assertThat(text("Dockerfile")).contains("providers/target/tenantry-keycloak-" + ours + ".jar");
        assertThat(text("operator/keycloak.yaml")).contains("tenantry-keycloak:" + ours);
        assertThat(text("helm/keycloakx-values.yaml")).contains("tag: " + ours);
        Map<String, Object> workflow = parsed(DEPLOY.resolve("github-actions/realm.yml"));
        assertThat((Map<String, String>) workflow.get("env")).containsEntry("KEYCLOAK_VERSION", keycloak);
        assertThat(text("github-actions/realm.yml")).contains("image: redis:" + Repository.pom("redis.image.version"));
    }

    /** The sequence that ReadmeIT and every integration test run on the process distribution. */
    @Test
    void theImageBuildsOnceAndStartsOptimizedWithoutRoot() {
        List<String> lines = text("Dockerfile").lines().toList();

        assertThat(lines)
                .contains("RUN /opt/keycloak/bin/kc.sh build", "USER 1000", "CMD [\"start\", \"--optimized\"]")
                .noneMatch(line -> line.matches("(?i).*(password|secret) *=.*"));
        assertThat(lines.indexOf("USER 1000"))
                .as("nobody becomes root afterwards")
                .isGreaterThan(lines.lastIndexOf(lines.stream()
                        .filter(line -> line.startsWith("FROM "))
                        .reduce((first, second) -> second)
                        .orElseThrow()));
    }

    @Test
    void everyOptionOfTheListenerIsOne() {
        Set<String> known = optionsInTheCode();
        Set<String> used = new LinkedHashSet<>();
        Stream.concat(files().stream(), Stream.of(Repository.ROOT.resolve("docker-compose.yml")))
                .map(Repository::read)
                .forEach(text -> {
                    OPTION.matcher(text)
                            .results()
                            .forEach(match -> used.add(match.group(1)
                                    .toLowerCase(Locale.ROOT)
                                    .replace("__", "--")
                                    .replace('_', '-')
                                    .substring(LISTENER.length())));
                    DASHED_OPTION.matcher(text).results().forEach(match -> used.add(match.group(1)));
                });

        assertThat(known).contains("uri", "username", "password", "prefix", "publish-timeout", "clock-skew");
        assertThat(used).contains("uri", "password").isSubsetOf(known);
    }

    @Test
    void everyIdOfOursIsInTheSources() {
        Pattern id = Pattern.compile("[\" =](tenant-[a-z-]+-(?:mapper|rules|roles)|tenantPolicy|redis-revocations)\\b");
        Set<String> ids = new LinkedHashSet<>();
        files().stream()
                .map(Repository::read)
                .forEach(text -> id.matcher(text).results().forEach(match -> ids.add(match.group(1))));

        assertThat(ids)
                .contains("tenant-claims-mapper", "tenant-saml-rules", "tenantPolicy", "redis-revocations")
                .allSatisfy(found -> assertThat(sources()).contains('"' + found + '"'));
    }

    /** Settings of mappers, and attributes: whatever has a dot and is no setting of Keycloak's own is written in the code. */
    @Test
    void everySettingOfAMapperIsOneOfItsKeys() {
        List<String> settings = new ArrayList<>();
        for (String file : List.of("terraform/lending.tf", "operator/realm-import.yaml")) {
            SETTING.matcher(text(file)).results().map(match -> match.group(1)).forEach(settings::add);
        }
        List<String> ours = settings.stream()
                .filter(name -> name.contains("."))
                .filter(name -> !name.matches(KEYCLOAKS))
                .distinct()
                .toList();

        assertThat(ours)
                .contains("tenant.required", "email.domains", "assertion.signed", "authn.max.age")
                .allSatisfy(name -> assertThat(sources()).contains('"' + name + '"'));
        assertThat(text("terraform/lending.tf")).contains("\"password-policy\"", "\"password-policy-grace-days\"");
        assertThat(sources()).contains("\"password-policy\"", "\"password-policy-grace-days\"");
    }

    /** What a server makes of it is for DeployRealmsIT. */
    @Test
    void terraformUsesResourcesAndArgumentsOfTheProvider() throws Exception {
        Map<String, Map<String, Map<String, Object>>> resources =
                (Map<String, Map<String, Map<String, Object>>>) new HCLParser()
                        .parse(text("terraform/lending.tf") + text("terraform/flows.tf"))
                        .get("resource");

        assertThat(resources).containsOnlyKeys(ARGUMENTS.keySet());
        resources.forEach((type, named) -> named.forEach((name, arguments) -> {
            Set<String> used = new LinkedHashSet<>(arguments.keySet());
            used.remove("depends_on");
            assertThat(used).as("%s.%s", type, name).isSubsetOf(ARGUMENTS.get(type));
        }));
    }

    @Test
    void theOperatorGetsFieldsThatItsResourcesHave() {
        Map<String, Object> keycloak = parsed(DEPLOY.resolve("operator/keycloak.yaml"));
        Map<String, Object> spec = (Map<String, Object>) keycloak.get("spec");
        assertThat(keycloak)
                .containsEntry("apiVersion", "k8s.keycloak.org/v2beta1")
                .containsEntry("kind", "Keycloak");
        assertThat(spec)
                .containsOnlyKeys(
                        "instances",
                        "image",
                        "startOptimized",
                        "hostname",
                        "http",
                        "ingress",
                        "proxy",
                        "db",
                        "additionalOptions");
        assertThat((List<Map<String, Object>>) spec.get("additionalOptions")).allSatisfy(option -> {
            boolean secret = option.get("name").toString().endsWith("--password");
            assertThat(option).containsOnlyKeys("name", secret ? "secret" : "value");
        });

        Map<String, Object> realmImport = parsed(DEPLOY.resolve("operator/realm-import.yaml"));
        assertThat(realmImport)
                .containsEntry("apiVersion", "k8s.keycloak.org/v2beta1")
                .containsEntry("kind", "KeycloakRealmImport");
        assertThat((Map<String, Object>) realmImport.get("spec"))
                .containsOnlyKeys("keycloakCRName", "placeholders", "realm");
    }

    /** As deploy/nginx does it. The operator's own Ingress would lead to everything. */
    @Test
    void onlyRealmsAndResourcesAreExposed() {
        assertThat(at(parsed(DEPLOY.resolve("operator/keycloak.yaml")), "spec", "ingress"))
                .isEqualTo(Map.of("enabled", false));
        Map<String, Object> ingress = (Map<String, Object>) at(parsed(DEPLOY.resolve("operator/ingress.yaml")), "spec");
        Map<String, Object> helm =
                (Map<String, Object>) at(parsed(DEPLOY.resolve("helm/keycloakx-values.yaml")), "ingress");

        assertThat(paths((Map<String, Object>) ((List<Map<String, Object>>) ingress.get("rules"))
                        .get(0)
                        .get("http")))
                .containsExactly("/realms/", "/resources/");
        assertThat(paths(((List<Map<String, Object>>) helm.get("rules")).get(0)))
                .containsExactly("/realms/", "/resources/");
    }

    /** Who follows the page has made every secret that a file refers to, with every key. */
    @Test
    void thePageMakesEverySecret() {
        Set<String> referred = new LinkedHashSet<>();
        for (String file :
                List.of("operator/keycloak.yaml", "operator/realm-import.yaml", "helm/keycloakx-values.yaml")) {
            Pattern.compile("name: ([a-z-]+)\\n +key: ([a-z-]+)")
                    .matcher(text(file))
                    .results()
                    .forEach(match -> referred.add(match.group(1) + " " + match.group(2)));
        }
        String page = Repository.read(Repository.ROOT.resolve("docs/deploy.md"));

        assertThat(referred).contains("keycloak-db password", "keycloak-redis password", "lending-realm api-secret");
        assertThat(referred).allSatisfy(secret -> {
            String[] nameAndKey = secret.split(" ", -1);
            assertThat(page.lines())
                    .as(secret)
                    .anyMatch(line -> line.startsWith("kubectl create secret generic " + nameAndKey[0] + " ")
                            && line.contains("--from-literal=" + nameAndKey[1] + "="));
        });
        assertThat(page).contains("kubectl create secret tls keycloak-tls ");
    }

    /** The chart sets a build option that the image was built without, at which start --optimized gives up. */
    @Test
    void helmStartsWhatTheImageBuilt() {
        Map<String, Object> values = parsed(DEPLOY.resolve("helm/keycloakx-values.yaml"));

        assertThat((List<String>) values.get("command")).containsExactly("/bin/bash", "-c");
        assertThat((List<String>) values.get("args"))
                .containsExactly("unset KC_HTTP_RELATIVE_PATH; exec /opt/keycloak/bin/kc.sh start --optimized");
        assertThat(at(values, "http", "relativePath")).isEqualTo("/");
        assertThat(at(values, "cache", "stack")).isEqualTo("custom");
        assertThat((List<Map<String, Object>>)
                        new Yaml(new SafeConstructor(new LoaderOptions())).load((String) values.get("extraEnv")))
                .allSatisfy(variable -> assertThat(variable)
                        .containsOnlyKeys(
                                "name",
                                variable.get("name").toString().matches(".*_(PASSWORD|ADMIN_USERNAME)")
                                        ? "valueFrom"
                                        : "value"));
    }

    /** The table of docs/deploy.md names what the workflow's matrix runs, and no more. */
    @Test
    void theCompatibilityTableIsTheMatrixOfCi() {
        Map<String, Object> ci = parsed(Repository.ROOT.resolve(".github/workflows/ci.yml"));
        Map<String, Object> verify = (Map<String, Object>) ((Map<String, Object>) ci.get("jobs")).get("verify");
        Map<String, Object> strategy = (Map<String, Object>) verify.get("strategy");
        List<Map<String, String>> matrix =
                (List<Map<String, String>>) ((Map<String, Object>) strategy.get("matrix")).get("include");
        Set<String> run = new LinkedHashSet<>();
        matrix.forEach(row -> run.add(row.get("keycloak") + " on " + row.get("java")));

        Set<String> promised = new LinkedHashSet<>();
        Pattern.compile("^\\| (26\\.[0-9.]+) \\| ([0-9, ]+) \\|", Pattern.MULTILINE)
                .matcher(Repository.read(Repository.ROOT.resolve("docs/deploy.md")))
                .results()
                .forEach(row -> Stream.of(row.group(2).split(", "))
                        .forEach(java -> promised.add(row.group(1) + " on " + java.strip())));

        assertThat(promised).isNotEmpty().isEqualTo(run);
        assertThat(Repository.read(Repository.ROOT.resolve(".github/workflows/ci.yml")))
                .contains("-Dkeycloak.version=${{ matrix.keycloak }}");
    }

    private static List<String> paths(Map<String, Object> rule) {
        return ((List<Map<String, String>>) rule.get("paths"))
                .stream().map(path -> path.get("path")).toList();
    }

    private static Object at(Map<String, Object> yaml, String... names) {
        Object value = yaml;
        for (String name : names) {
            value = ((Map<String, Object>) value).get(name);
        }
        return Objects.requireNonNull(value);
    }

    private static Set<String> optionsInTheCode() {
        Set<String> names = new LinkedHashSet<>();
        Pattern.compile("\"([a-z]+(?:-[a-z]+)*)\"")
                .matcher(Repository.read(
                        Repository.ROOT.resolve("providers/src/main/java/io/tenantry/settings/PublisherSettings.java")))
                .results()
                .forEach(match -> names.add(match.group(1)));
        return names;
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(Repository.ROOT.resolve("providers/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Repository::read)
                    .reduce("", String::concat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        return Repository.read(DEPLOY.resolve(file));
    }

    private static Map<String, Object> parsed(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(Repository.read(file));
    }
}
