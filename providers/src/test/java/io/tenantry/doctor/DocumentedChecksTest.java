package io.tenantry.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/doctor.md lists every check of the code with its severities, and no other. */
class DocumentedChecksTest {
    private static final Path HERE = Path.of(System.getProperty("basedir"));
    private static final Pattern ROW = Pattern.compile(
            "^\\| `([a-z-]+)` \\| ((?:error|warning)(?:, (?:error|warning))?) \\| [^|]+ \\| [^|]+ \\|$",
            Pattern.MULTILINE);
    /** Any way to make a finding, so that one in a form that is not read fails the test. */
    private static final Pattern MADE = Pattern.compile("\\bFinding(?:\\.|::)(?:error|warning)|new Finding\\(");

    private static final Pattern READ = Pattern.compile("\\bFinding\\.(error|warning)\\(\\s*(?:\"([a-z-]+)\"|check),");
    private static final Pattern VARIABLE = Pattern.compile("String check = \"([a-z-]+)\";");

    @Test
    void theTableIsWhatTheCodeCanFind() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        ROW.matcher(Files.readString(HERE.resolveSibling("docs/doctor.md")))
                .results()
                .forEach(row -> documented.put(
                        row.group(1), new TreeSet<>(List.of(row.group(2).split(", ")))));
        assertThat(documented).isEqualTo(found());
    }

    private static Map<String, Set<String>> found() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(HERE.resolve("src/main/java"))) {
            for (Path source :
                    sources.filter(DocumentedChecksTest::makesFindings).toList()) {
                String text = Files.readString(source);
                assertThat(READ.matcher(text).results().count())
                        .as("findings of %s with a literal name", source.getFileName())
                        .isEqualTo(MADE.matcher(text).results().count());
                READ.matcher(text)
                        .results()
                        .forEach(finding -> found.computeIfAbsent(
                                        finding.group(2) == null ? variable(text) : finding.group(2),
                                        name -> new TreeSet<>())
                                .add(finding.group(1)));
            }
        }
        return found;
    }

    private static boolean makesFindings(Path source) {
        return source.toString().endsWith(".java") && !source.endsWith("doctor/Finding.java");
    }

    private static String variable(String text) {
        Matcher declared = VARIABLE.matcher(text);
        assertThat(declared.results().count()).isEqualTo(1);
        return declared.reset().results().findFirst().orElseThrow().group(1);
    }
}
