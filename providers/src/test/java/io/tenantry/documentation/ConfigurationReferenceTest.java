package io.tenantry.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.token.WrittenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.policy.PasswordPolicyProviderFactory;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/**
 * docs/configuration.md: the part between its marks is written from what the console is told (with
 * {@code -Ddocs.write=true}), and the attributes above it are those that the code reads.
 */
class ConfigurationReferenceTest {
    private static final Path HERE = Path.of(System.getProperty("basedir"));
    private static final Path PAGE = HERE.resolveSibling("docs/configuration.md");
    private static final String START = "<!-- From the code: see ConfigurationReferenceTest -->\n";
    private static final String END = "<!-- End of what is from the code -->\n";

    /** A name in one of the spaces that are ours, in the attributes of organizations, realms and clients. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\"((?:tenant|login|branding)\\.[a-z.-]+|password-policy[a-z-]*|tenant_id)\"");

    private static final Pattern ROW = Pattern.compile(
            "^\\| `([a-z._-]+)` \\| (?:organization|realm|client)[^|]*\\|[^|]*\\|([^|\n]*)\\|?$", Pattern.MULTILINE);

    private final ConsoleTexts texts = new ConsoleTexts();

    @Test
    void whatTheConsoleShowsIsWhatThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(START) + START.length());
        String written = before + generated() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, written);
        }
        assertThat(page)
                .as("docs/configuration.md; if the change is meant, run with -Ddocs.write=true")
                .isEqualTo(written);
    }

    @Test
    void everySettingHasALabelAndAHelpText() {
        assertThat(OwnProviders.configured(
                                ProtocolMapper.class, IdentityProviderMapper.class, AuthenticatorFactory.class)
                        .flatMap(provider -> provider.getConfigProperties().stream())
                        .filter(property -> !OwnProviders.isStock(property)))
                .isNotEmpty()
                .allSatisfy(property -> {
                    assertThat(texts.of(property.getLabel()))
                            .as(property.getName())
                            .matches("[A-Z][a-zA-Z() -]+");
                    assertThat(texts.of(property.getHelpText()))
                            .as(property.getName())
                            .endsWith(".");
                });
    }

    @Test
    void everyAttributeThatTheCodeReadsHasItsRow() throws IOException {
        TreeSet<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(HERE.resolve("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                ATTRIBUTE.matcher(Files.readString(source)).results().forEach(name -> read.add(name.group(1)));
            }
        }
        OwnProviders.configured(ProtocolMapper.class, IdentityProviderMapper.class)
                .flatMap(provider -> provider.getConfigProperties().stream())
                .map(ProviderConfigProperty::getName)
                .filter(name -> !WrittenSettings.OF_CLIENT.contains(name))
                .forEach(read::remove);
        TreeSet<String> documented = new TreeSet<>();
        ROW.matcher(Files.readString(PAGE)).results().forEach(row -> {
            documented.add(row.group(1));
            assertThat(row.group(2))
                    .as("what %s means where it is not set", row.group(1))
                    .isNotBlank();
        });
        assertThat(documented).isEqualTo(read);
    }

    private String generated() {
        StringBuilder page =
                new StringBuilder("\n## Server options\n\n| option | default | meaning |\n|---|---|---|\n");
        Stream.concat(
                        OwnProviders.ours(EventListenerProviderFactory.class)
                                .map(factory -> options("events-listener", factory)),
                        OwnProviders.ours(PasswordPolicyProviderFactory.class)
                                .map(factory -> options("password-policy", factory)))
                .forEach(page::append);
        page.append("\n## Password policies\n\n| id | in the console | value | default |\n|---|---|---|---|\n");
        OwnProviders.ours(PasswordPolicyProviderFactory.class)
                .sorted(Comparator.comparing(ProviderFactory::getId))
                .forEach(policy -> page.append(row(
                        code(policy.getId()),
                        policy.getDisplayName(),
                        policy.getConfigType() == null ? "none" : policy.getConfigType(),
                        code(policy.getDefaultConfigValue()))));
        OwnProviders.configured(ProtocolMapper.class, IdentityProviderMapper.class, AuthenticatorFactory.class)
                .forEach(provider -> page.append(section(provider)));
        return page.append("\n").toString();
    }

    private String options(String spi, ProviderFactory<?> factory) {
        StringBuilder rows = new StringBuilder();
        for (ProviderConfigProperty option : factory.getConfigMetadata()) {
            String id = factory.getId().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            rows.append(row(
                    code("--spi-" + spi + "--" + id + "--" + option.getName()),
                    code(option.getDefaultValue()),
                    option.getHelpText()));
        }
        return rows.toString();
    }

    private String section(ConfiguredProvider provider) {
        StringBuilder section = new StringBuilder(String.format(
                "%n## %s `%s`%n%n*%s*: %s%n",
                kind(provider),
                ((ProviderFactory<?>) provider).getId(),
                texts.of(title(provider)),
                texts.of(provider.getHelpText())));
        List<ProviderConfigProperty> settings = provider.getConfigProperties();
        if (!settings.isEmpty()) {
            section.append("\n| key | in the console | control | default | meaning |\n|---|---|---|---|---|\n");
            settings.forEach(setting -> section.append(row(
                    code(setting.getName()),
                    OwnProviders.isStock(setting) ? "as in stock" : texts.of(setting.getLabel()),
                    control(setting),
                    code(setting.getDefaultValue()),
                    OwnProviders.isStock(setting) ? "" : texts.of(setting.getHelpText()))));
        }
        return section.toString();
    }

    private static String kind(ConfiguredProvider provider) {
        return provider instanceof ProtocolMapper
                ? "Protocol mapper"
                : provider instanceof IdentityProviderMapper ? "Identity provider mapper" : "Authenticator";
    }

    private static String title(ConfiguredProvider provider) {
        if (provider instanceof ProtocolMapper mapper) {
            return mapper.getDisplayType();
        }
        return provider instanceof IdentityProviderMapper mapper
                ? mapper.getDisplayType()
                : ((ConfigurableAuthenticatorFactory) provider).getDisplayType();
    }

    private static String control(ProviderConfigProperty setting) {
        return switch (setting.getType()) {
            case ProviderConfigProperty.BOOLEAN_TYPE -> "switch";
            case ProviderConfigProperty.LIST_TYPE ->
                "one of "
                        + String.join(
                                ", ",
                                setting.getOptions().stream()
                                        .map(ConfigurationReferenceTest::code)
                                        .toList());
            case ProviderConfigProperty.TEXT_TYPE -> "text, one value a line";
            case ProviderConfigProperty.MAP_TYPE -> "table";
            case ProviderConfigProperty.INTEGER_TYPE, ProviderConfigProperty.NUMBER_TYPE -> "number";
            case ProviderConfigProperty.CLIENT_LIST_TYPE -> "client";
            case ProviderConfigProperty.STRING_TYPE -> "text";
            default -> throw new AssertionError("a control without a word for it: " + setting.getType());
        };
    }

    private static String code(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? "" : "`" + value + "`";
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
