package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.brokering.Rule;
import io.tenantry.brokering.TenantMapper;
import io.tenantry.oidc.TenantOidcRulesMapper;
import io.tenantry.saml.TenantSamlRolesMapper;
import io.tenantry.saml.TenantSamlRulesMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.provider.ProviderConfigProperty;

/** docs/brokering.md says what the code says. */
class BrokeringPageTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final String PAGE = read(ROOT.resolve("docs/brokering.md"));
    private static final Properties ENGLISH = english();

    static Stream<TenantMapper> mappers() {
        return Stream.of(new TenantSamlRulesMapper(), new TenantSamlRolesMapper(), new TenantOidcRulesMapper());
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void everySettingStandsThereWithItsLabelDefaultAndHelp(TenantMapper mapper) {
        List<String> rows = rows(section("`" + mapper.getId() + "`"));

        assertThat(rows)
                .containsExactlyElementsOf(mapper.getConfigProperties().stream()
                        .map(BrokeringPageTest::row)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void everyMapperHasANameAndAHelpTextInTheConsole(TenantMapper mapper) {
        // Keys would stand untranslated on a mapper's own page
        assertThat(List.of(mapper.getDisplayType(), mapper.getHelpText()))
                .as("words")
                .allMatch(text -> text.contains(" "))
                .noneMatch(ENGLISH::containsKey);
        assertThat(ENGLISH.getProperty(mapper.getDisplayCategory())).isNotBlank();
    }

    @Test
    void everyRuleStandsThere() {
        assertThat(rows(section("A refusal")))
                .extracting(row -> row.replaceAll("^\\| `([^`]*)`.*", "$1"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Rule.values()).map(Rule::id).toList());
    }

    @Test
    void shippedFlowStandsThereStepByStep() throws IOException {
        JsonNode flows = new ObjectMapper()
                .readTree(read(ROOT.resolve("realm-config/lending-realm.json")))
                .path("authenticationFlows");
        List<String> steps = new ArrayList<>();
        collect(flows, "lender first broker login", steps);

        String block = section("A first login: the shipped flow").split("```", -1)[1];
        List<String> written = Pattern.compile("[a-z][a-z -]*[a-z]")
                .matcher(block)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(written).containsExactlyInAnyOrderElementsOf(steps);
    }

    private static void collect(JsonNode flows, String alias, List<String> steps) {
        for (JsonNode flow : flows) {
            if (flow.path("alias").asText().equals(alias)) {
                for (JsonNode step : flow.path("authenticationExecutions")) {
                    String inner = step.path("flowAlias").asText();
                    steps.add(inner.isEmpty() ? step.path("authenticator").asText() : inner);
                    if (!inner.isEmpty()) {
                        collect(flows, inner, steps);
                    }
                }
            }
        }
    }

    private static String row(ProviderConfigProperty property) {
        Object otherwise = property.getDefaultValue();
        return "| `" + property.getName() + "` | " + ENGLISH.getProperty(property.getLabel()) + " | "
                + (otherwise == null ? "" : "`" + otherwise + "`") + " | "
                + ENGLISH.getProperty(property.getHelpText()) + " |";
    }

    private static String section(String title) {
        int start = PAGE.indexOf("\n## " + title + "\n");
        assertThat(start).as(title).isPositive();
        int end = PAGE.indexOf("\n## ", start + 1);
        return PAGE.substring(start, end < 0 ? PAGE.length() : end);
    }

    private static List<String> rows(String section) {
        return section.lines().filter(line -> line.startsWith("| `")).toList();
    }

    private static Properties english() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(
                ROOT.resolve("providers/src/main/resources/theme-resources/messages/messages_en.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
