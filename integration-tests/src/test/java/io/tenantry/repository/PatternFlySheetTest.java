package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code patternfly.css} of the login theme: what stock's pages and ours need of the 1.8 MB of PatternFly that stock's have a
 * browser read before it paints. Written anew with {@code -Dtheme.write=true}.
 */
class PatternFlySheetTest {
    private static final Path SHEET = LoginTheme.FOLDER.resolve("resources/css/patternfly.css");
    private static final String VENDOR = "vendor/patternfly-v5/";
    private static final String HEADER = """
            /*
             * What the pages of this theme need of PatternFly 5 and Font Awesome, as Keycloak has them: taken out by
             * PatternFlySheetTest, which compares. Not to be edited.
             * Copyright (c) 2019 Red Hat, Inc.; Copyright (c) Fonticons, Inc.; MIT License, see LICENSE-PatternFly.
             */
            """;

    /** Where the classes of pages are written: templates, scripts, and the properties that templates read. */
    private static final Predicate<String> PAGES = Pattern.compile(
                    "theme/(base|keycloak[.]v2)/login/(.*[.]ftl|.*[.]js|theme[.]properties)")
            .asMatchPredicate();

    private static final Pattern COMPOSED = Pattern.compile("pf-[\\w-]*([$][{]|<#if)");

    @Test
    void sheetHasWhatThisKeycloaksPagesUse() throws IOException {
        Map<String, String> sheets = new HashMap<>();
        Set<String> words = new HashSet<>(ourWords());
        Set<String> composed = new HashSet<>();
        StockThemes.files(PAGES.or(name -> name.endsWith(".css"))).forEach((name, text) -> {
            if (PAGES.test(name)) {
                words.addAll(PatternFlySheet.words(text));
                COMPOSED.matcher(text).results().forEach(part -> composed.add(part.group()));
            } else if (name.endsWith(VENDOR + "patternfly.min.css")
                    || name.endsWith(VENDOR + "patternfly-addons.css")) {
                sheets.put(name.substring(name.lastIndexOf('/') + 1), text);
            }
        });
        // What templates put together: the kind of a message
        assertThat(composed).containsExactlyInAnyOrder("pf-m-${", "pf-m-<#if");
        words.addAll(List.of("pf-m-success", "pf-m-info", "pf-m-warning", "pf-m-danger"));
        // In the order of keycloak.v2
        String all = sheets.get("patternfly.min.css") + sheets.get("patternfly-addons.css");
        UnaryOperator<String> fromHere = url ->
                Path.of("../../../common/keycloak/" + VENDOR, url).normalize().toString();
        String sheet = HEADER + PatternFlySheet.reduced(all, words, fromHere);
        if (Boolean.getBoolean("theme.write")) {
            Files.writeString(SHEET, sheet);
        }
        assertThat(Repository.read(SHEET))
                .as(SHEET + "; if Keycloak or the theme has changed, run with -Dtheme.write=true")
                .isEqualTo(sheet);

        assertThat(PatternFlySheet.unread(all))
                .as("what the parser cannot read: the modal box, which no page has")
                .hasSize(1)
                .allMatch(error -> error.contains("'*'"));
        Set<String> used = PatternFlySheet.classes(all.replaceAll("/[*].*?[*]/", ""));
        used.removeIf(name -> !words.contains(name));
        assertThat(PatternFlySheet.classes(sheet)).as("classes with rules left").containsAll(used);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.button:hover{top:0}                         | a.button:hover{top:0}",
                ".menu{top:0}                                  | ''",
                ".button .menu,.button.large{top:0}            | .button.large{top:0}",
                ".button:not(.menu){top:0}                     | .button:not(.menu){top:0}",
                ":where(.menu,.button) a{top:0}                | :where(.menu,.button) a{top:0}",
                ":is(.menu) a{top:0}                           | ''",
                "@media print{.menu{top:0}}                    | ''",
                "@media print{.menu{top:0}.button{top:0}}      | @media print{.button{top:0}}",
                ".button{--a:1;--b:var(--c);--c:2;top:var(--b)} | .button{--b:var(--c);--c:2;top:var(--b)}",
                ".button{--d:var(--e);--e:1}                   | ''",
                ".button{--ours:1}                             | .button{--ours:1}",
                "@keyframes spin{from{top:0}}.button{top:0}    | .button{top:0}",
                "@font-face{font-family:Red;src:url(r.woff2)}.button{font-family:Blue} | .button{font-family:Blue}",
                "@font-face{font-family:Red;src:url(r.woff2)}.button{font-family:Red}"
                        + " | @font-face{font-family:Red;src:url(at/r.woff2)}.button{font-family:Red}",
            })
    void keepsWhatCanApply(String css, String kept) {
        assertThat(PatternFlySheet.reduced(css, Set.of("button", "large", "--ours"), url -> "at/" + url)
                        .replace("\n", ""))
                .isEqualTo(kept);
    }

    private static Set<String> ourWords() throws IOException {
        Set<String> words = new HashSet<>();
        for (Path folder :
                List.of(LoginTheme.FOLDER, Repository.ROOT.resolve("providers/src/main/resources/theme-resources"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().matches(".*([.](ftl|js|css)|theme[.]properties)"))
                        .filter(file -> !file.equals(SHEET))
                        .forEach(file -> words.addAll(PatternFlySheet.words(Repository.read(file))));
            }
        }
        return words;
    }
}
