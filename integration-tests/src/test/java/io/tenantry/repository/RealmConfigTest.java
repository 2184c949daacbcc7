package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the house asks of the shipped realms; what any realm file must be, ./check-realm asks. */
class RealmConfigTest {

    private static final Path FOLDER = Repository.ROOT.resolve("realm-config");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void threeRealmsAreThere() throws IOException {
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("granite-realm.json", "lending-realm.json", "northbank-corporate-realm.json");
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsNamedAsTheImportWantsIt(Path file) throws IOException {
        assertThat(file.getFileName()).hasToString(realm(file).path("realm").asText() + "-realm.json");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPlaceholderHasADefaultThatStartsWithoutAnEnvironment(Path file) {
        assertThat(Placeholder.in(Repository.read(file))).isNotEmpty().allMatch(Placeholder::isResolvable);
    }

    /** So that nobody takes one for a secret. */
    @ParameterizedTest
    @MethodSource("files")
    void theDefaultOfASecretSaysThatItIsForDevelopment(Path file) throws IOException {
        JsonNode realm = realm(file);
        List<String> secrets = Stream.of("secret", "password")
                .flatMap(key -> realm.findValuesAsText(key).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        realm.findValues("credentials").forEach(list -> secrets.addAll(list.findValuesAsText("value")));

        assertThat(secrets)
                .isNotEmpty()
                .allSatisfy(secret ->
                        assertThat(Placeholder.in(secret)).singleElement().matches(Placeholder::isForDevelopmentOnly));
    }

    @Test
    void whatIdentityProvidersSendIsSigned() throws IOException {
        assertThat(realm(FOLDER.resolve("lending-realm.json")).path("identityProviders"))
                .isNotEmpty()
                .allSatisfy(provider -> assertThat(Stream.of(
                                        "validateSignature", "wantAssertionsSigned", "wantAuthnRequestsSigned")
                                .map(key -> provider.path("config").path(key).asText()))
                        .containsOnly("true"));
    }

    @Test
    void noIdStandsInTwoFiles() throws IOException {
        List<String> ids = files().stream()
                .flatMap(file -> {
                    JsonNode realm = uncheckedRealm(file);
                    return Stream.of("id", "internalId").flatMap(key -> realm.findValuesAsText(key).stream());
                })
                .toList();

        assertThat(ids).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lending", "granite"})
    void everyPartIsSwitchedOn(String name) throws IOException {
        JsonNode realm = realm(FOLDER.resolve(name + "-realm.json"));

        assertThat(realm.path("passwordPolicy").asText()).endsWith(" and tenantPolicy");
        assertThat(realm.path("loginTheme").asText()).isEqualTo("tenantry");
        assertThat(realm.path("eventsEnabled").asBoolean()).isTrue();
        assertThat(realm.path("adminEventsEnabled").asBoolean()).isTrue();
        assertThat(realm.path("eventsListeners").toString()).contains("\"redis-revocations\"");
        assertThat(realm.path("accessTokenLifespan").asInt()).isEqualTo(300);
        assertThat(realm.path("clients")).isNotEmpty().allSatisfy(client -> {
            assertThat(client.path("defaultClientScopes").toString()).contains("\"tenant\"");
            assertThat(client.path("fullScopeAllowed").asBoolean(true)).isFalse();
            assertThat(client.path("implicitFlowEnabled").asBoolean(true)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"lending", "granite"})
    void aPublicClientProvesPossessionOfItsCode(String name) throws IOException {
        assertThat(realm(FOLDER.resolve(name + "-realm.json")).path("clients"))
                .filteredOn(client -> client.path("publicClient").asBoolean())
                .hasSize(1)
                .allSatisfy(client -> {
                    assertThat(client.path("attributes")
                                    .path("pkce.code.challenge.method")
                                    .asText())
                            .isEqualTo("S256");
                    assertThat(client.path("directAccessGrantsEnabled").asBoolean(true))
                            .isFalse();
                    assertThat(client.path("redirectUris").toString()).doesNotContain("*");
                });
    }

    /** Long, not composed, not rotated, compared with what is known: docs/password-policies.md says why. */
    @Test
    void oneLenderHasTheProfileAfterNist() throws IOException {
        JsonNode lending = realm(FOLDER.resolve("lending-realm.json"));
        assertThat(lending.path("organizations"))
                .filteredOn(lender -> lender.path("alias").asText().equals("summit"))
                .singleElement()
                .satisfies(lender -> assertThat(lender.path("attributes")
                                .path("password-policy")
                                .get(0)
                                .asText()
                                .split(" and "))
                        .containsExactly(
                                "length(15)", "maxLength(128)", "notTenantName", "notUsername", "minStrength(3)"));
        assertThat(Repository.read(Repository.ROOT.resolve("docs/password-policies.md")))
                .contains("length(15) and maxLength(128) and notTenantName and notUsername and minStrength(3)");
    }

    private static JsonNode realm(Path file) throws IOException {
        return JSON.readTree(Repository.read(file));
    }

    private static JsonNode uncheckedRealm(Path file) {
        try {
            return realm(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
