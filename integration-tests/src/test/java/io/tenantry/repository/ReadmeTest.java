package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README promises is there, and CI runs its two commands. */
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");
    private static final Pattern PUBLIC_NAME = Pattern.compile("^\\| [^|]+ \\| `([a-zA-Z/-]+)` \\|", Pattern.MULTILINE);

    @Test
    void ciRunsTheTwoCommands() {
        String ci = Repository.read(Repository.ROOT.resolve(".ci/run"));
        assertThat(ci.lines()).contains("./demo --once").anyMatch(line -> line.matches("\\./mvnw .*verify"));
        assertThat(readme()).contains("```sh\n./demo\n```").contains("```sh\n./mvnw verify\n```");
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhere() throws Exception {
        try (Stream<Path> docs = Files.walk(Repository.ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "realm-config/README.md", "themes/README.md")
                                    .map(Repository.ROOT::resolve),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
            assertThat(pages)
                    .allSatisfy(page -> assertThat(matches(LINK, Repository.read(page)))
                            .allSatisfy(link ->
                                    assertThat(page.resolveSibling(link)).exists()));
        }
    }

    @Test
    void theIndexListsEveryPage() throws Exception {
        Path docs = Repository.ROOT.resolve("docs");
        try (Stream<Path> pages = Files.list(docs)) {
            assertThat(matches(LINK, Repository.read(docs.resolve("README.md"))))
                    .containsAll(pages.map(page -> page.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                            .toList());
        }
    }

    @Test
    void everyTestThatTheSecurityModelNamesIsThere() throws Exception {
        List<String> named = matches(TEST, Repository.read(Repository.ROOT.resolve("docs/security.md")));
        assertThat(named).contains("HostileSamlIT");
        try (Stream<Path> files = Files.walk(Repository.ROOT)) {
            assertThat(files.filter(file -> file.toString().contains("src/test/java"))
                            .map(file -> file.getFileName().toString().replace(".java", "")))
                    .containsAll(named);
        }
    }

    @Test
    void everyPartIsInTheSources() throws Exception {
        List<String> names = matches(PUBLIC_NAME, readme());
        assertThat(names).contains("tenant-claims-mapper", "redis-revocations");
        try (Stream<Path> sources = Files.walk(Repository.ROOT.resolve("providers/src/main/java"))) {
            String all = sources.filter(file -> file.toString().endsWith(".java"))
                    .map(Repository::read)
                    .reduce("", String::concat);
            assertThat(names)
                    .allMatch(name -> all.contains('"' + name + '"')
                            || Files.isDirectory(Repository.ROOT.resolve(name))
                            || Files.isDirectory(
                                    Repository.ROOT.resolve("themes").resolve(name)));
        }
    }

    private static String readme() {
        return Repository.read(Repository.ROOT.resolve("README.md"));
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
