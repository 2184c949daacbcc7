package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tenantry.stack.StackHome;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every text that people read is there in every language, says the same of its parameters, and is used. Pages and mails
 * show stock's texts too: those that stock lacks in one of our languages, which would be in English, stand in our bundle of
 * that language.
 */
class MessageBundlesTest {
    private static final List<String> LANGUAGES = List.of("ar", "de", "en", "es", "fr", "pt");

    private static final Path LOGIN = Repository.ROOT.resolve("themes/tenantry/login");
    private static final Path EMAIL = Repository.ROOT.resolve("themes/tenantry/email");
    private static final Path JAR = Repository.ROOT.resolve("providers/src/main/resources/theme-resources");

    /** Texts of the admin console, which is there for administrators: in English. */
    private static final Predicate<String> CONSOLE = Pattern.compile(
                    "tenant[.].*|tenantryCategory|tenantInvalidSetting|passwordPoliciesHelp[.].*"
                            + "|tenantry(Saml|Oidc|LinkGuard|ReviewProfile).*")
            .asMatchPredicate();

    /** Of a text, or of the realm, as in {@code ${kc.org.name}}. */
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\d+|[a-z.]+})");

    private static final Pattern TAG = Pattern.compile("</?[a-z][^>]*>");

    static List<Path> folders() {
        return List.of(LOGIN, EMAIL, JAR);
    }

    static List<Path> themes() {
        return List.of(LOGIN, EMAIL);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyLanguageHasEveryText(Path folder) {
        Set<String> english = ours(folder, "en").keySet();
        assertThat(english).isNotEmpty();
        for (String language : LANGUAGES) {
            assertThat(ours(folder, language).keySet()).as(language).isEqualTo(english);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyLanguageHasTheSameParameters(Path folder) {
        Map<String, String> english = ours(folder, "en");
        for (String language : LANGUAGES) {
            saysTheSame(ours(folder, language), english, language);
        }
    }

    /** Of the version that the POM names alone: others may have translated more, or less. */
    @ParameterizedTest
    @MethodSource("themes")
    void whatStockLacksInALanguageIsOurs(Path theme) throws IOException {
        assumeThat(StackHome.find().keycloakVersion()).isEqualTo(Repository.pom("keycloak.version"));
        String stock = "theme/base/" + theme.getFileName() + "/";
        Map<String, String> bundles = StockThemes.files(name -> name.startsWith(stock + "messages/"));
        Map<String, String> english = properties(bundles.get(stock + bundle("en")));
        for (String language : LANGUAGES) {
            Set<String> lacking = new TreeSet<>(english.keySet());
            lacking.removeAll(properties(bundles.get(stock + bundle(language))).keySet());
            Map<String, String> supplied = texts(theme, language);
            supplied.keySet().removeAll(ours(theme, language).keySet());
            assertThat(supplied.keySet())
                    .as("what stock's bundle lacks of %s in %s; what it has by now goes from ours", theme, language)
                    .containsExactlyInAnyOrderElementsOf(lacking);
            saysTheSame(supplied, english, language);
        }
    }

    /** An apostrophe that is not doubled ends the text's parameters. */
    @ParameterizedTest
    @MethodSource("folders")
    void apostrophesAreDoubled(Path folder) {
        for (String language : LANGUAGES) {
            texts(folder, language)
                    .forEach((key, text) -> assertThat(text.replace("''", ""))
                            .as(key + " in " + language)
                            .doesNotContain("'"));
        }
    }

    @Test
    void everyTextOfTheThemesIsUsedAndEveryUsedOneIsThere() throws IOException {
        for (Path folder : themes()) {
            assertThat(used(folder))
                    .as(folder.toString())
                    .isEqualTo(new TreeSet<>(texts(folder, "en").keySet()));
        }
    }

    @Test
    void everyTextOfTheJarIsUsed() throws IOException {
        String code = sources(Repository.ROOT.resolve("providers/src/main/java"), ".java");
        for (String key : all(JAR, "en").keySet()) {
            boolean whole = code.contains('"' + key + '"');
            boolean byItsStart = Stream.of(
                            key.replaceFirst("[.](label|help)$", ""),
                            key.replaceFirst("Help$", ""),
                            key.replaceFirst("^passwordPoliciesHelp[.]", ""),
                            key.replaceFirst("(?<=^tenantryRule[.]).*", ""),
                            key.replaceFirst("(?<=^tenantry(Saml|Oidc)).*", ""))
                    .anyMatch(start -> !start.equals(key) && code.contains('"' + start));
            assertThat(whole || byItsStart).as(key).isTrue();
        }
    }

    private static void saysTheSame(Map<String, String> texts, Map<String, String> english, String language) {
        texts.forEach((key, text) -> {
            String which = key + " in " + language;
            assertThat(text).as(which).isNotBlank();
            assertThat(parameters(text)).as(which).isEqualTo(parameters(english.get(key)));
            assertThat(tags(text)).as(which).isEqualTo(tags(english.get(key)));
            // The realm's are put in before the text's own
            String shown = new MessageFormat(text.replaceAll("[$]\\{[a-z.]+}", "whom"), Locale.forLanguageTag(language))
                    .format(new Object[] {2, 3, "whom", "where", "when", "Ada", "Lovelace"});
            assertThat(shown).as(which).doesNotContain("{", "''");
        });
    }

    private static Set<String> used(Path theme) throws IOException {
        Matcher keys = Pattern.compile("msg\\(\"(tenantry[A-Za-z]+)\"").matcher(sources(theme, ".ftl"));
        Set<String> used = new TreeSet<>();
        while (keys.find()) {
            used.add(keys.group(1));
        }
        return used;
    }

    private static String sources(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .map(Repository::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Set<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static List<String> tags(String text) {
        return TAG.matcher(text).results().map(MatchResult::group).toList();
    }

    private static Map<String, String> texts(Path folder, String language) {
        Map<String, String> texts = all(folder, language);
        texts.keySet().removeIf(CONSOLE);
        return texts;
    }

    /** Those that stock does not know; in a theme the others are named as stock's are. */
    private static Map<String, String> ours(Path folder, String language) {
        Map<String, String> texts = texts(folder, language);
        if (themes().contains(folder)) {
            texts.keySet().removeIf(key -> !key.startsWith("tenantry"));
        }
        return texts;
    }

    private static Map<String, String> all(Path folder, String language) {
        return properties(Repository.read(folder.resolve(bundle(language))));
    }

    private static String bundle(String language) {
        return "messages/messages_" + language + ".properties";
    }

    private static Map<String, String> properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }
}
