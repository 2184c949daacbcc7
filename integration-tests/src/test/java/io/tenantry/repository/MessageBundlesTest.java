package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text that people read is there in every language, says the same of its parameters, and is used. */
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

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\d+)");

    static List<Path> folders() {
        return List.of(LOGIN, EMAIL, JAR);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyLanguageHasEveryText(Path folder) {
        Set<String> english = texts(folder, "en").keySet();
        assertThat(english).isNotEmpty();
        for (String language : LANGUAGES) {
            assertThat(texts(folder, language).keySet()).as(language).isEqualTo(english);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyLanguageHasTheSameParameters(Path folder) {
        Map<String, String> english = texts(folder, "en");
        for (String language : LANGUAGES) {
            texts(folder, language).forEach((key, text) -> {
                assertThat(text).as(key + " in " + language).isNotBlank();
                assertThat(parameters(text)).as(key + " in " + language).isEqualTo(parameters(english.get(key)));
                String shown =
                        new MessageFormat(text, Locale.forLanguageTag(language)).format(new Object[] {2, 3, "whom"});
                assertThat(shown).as(key + " in " + language).doesNotContain("{", "''");
            });
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
        for (Path folder : List.of(LOGIN, EMAIL)) {
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
                    .map(MessageBundlesTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Map<String, String> texts(Path folder, String language) {
        Map<String, String> texts = all(folder, language);
        texts.keySet().removeIf(CONSOLE);
        return texts;
    }

    private static Map<String, String> all(Path folder, String language) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("messages/messages_" + language + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, text) -> texts.put(key.toString(), text.toString()));
        return texts;
    }
}
