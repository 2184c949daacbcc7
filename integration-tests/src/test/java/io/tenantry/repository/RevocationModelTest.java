package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The model of how revocations reach consumers, in {@code docs/model}. */
class RevocationModelTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir"), "..", "docs", "model").normalize();
    private static final Path MODEL = FOLDER.resolve("revocations.pml");
    private static final Pattern VIOLATED = Pattern.compile("assertion violated +!\\( ?(\\w+)\\)");

    @TempDir
    private Path folder;

    @BeforeEach
    void needsItsTools() {
        Tools.assume(Tools.onPath("spin") && Tools.onPath("gcc"), "spin and gcc are needed to check the model");
    }

    @Test
    void theDesignAsItIsHolds() throws Exception {
        assertThat(check(Optional.empty()))
                .contains("errors: 0")
                .doesNotContain("assertion violated")
                .doesNotContain("Search not completed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void eachFaultIsFound(String fault, String consequence) throws Exception {
        Matcher violated = VIOLATED.matcher(check(Optional.of(fault)));
        assertThat(violated.find()).isTrue();
        assertThat(violated.group(1)).isEqualTo(consequence);
    }

    static Stream<Arguments> eachFaultIsFound() throws IOException {
        return documented().entrySet().stream().map(fault -> Arguments.of(fault.getKey(), fault.getValue()));
    }

    @Test
    void whatIsGoodCanBeReached() throws Exception {
        assertThat(check(Optional.of("REACHED"))).contains("assertion violated");
    }

    @Test
    void theSwitchesAreAllDocumented() throws IOException {
        List<String> switches = Pattern.compile("^ \\*   ([A-Z_]+) ", Pattern.MULTILINE)
                .matcher(Files.readString(MODEL))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(documented().keySet())
                .containsExactlyInAnyOrderElementsOf(switches)
                .hasSizeGreaterThan(5);
    }

    /** Each switch of the README's table, and what it says is found. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> faults = new TreeMap<>();
        Pattern row = Pattern.compile("^\\| `([A-Z_]+)` \\|.*\\| `(\\w+)` \\|$", Pattern.MULTILINE);
        for (MatchResult found : row.matcher(Files.readString(FOLDER.resolve("README.md")))
                .results()
                .toList()) {
            faults.put(found.group(1), found.group(2));
        }
        return faults;
    }

    private String check(Optional<String> define) throws IOException, InterruptedException {
        Stream<String> defined = define.stream().map(name -> "-D" + name);
        run(Stream.concat(Stream.concat(Stream.of("spin"), defined), Stream.of("-a", MODEL.toString()))
                .toList());
        run(List.of("gcc", "-O1", "-w", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=1000", "-o", "pan", "pan.c"));
        String output = run(List.of("./pan", "-m100000", "-w20"));
        // Every state that was tried is a whole one, none was left out for want of room
        assertThat(output)
                .contains("Full statespace search")
                .doesNotContain("max search depth too small")
                .doesNotContain("MEMLIM")
                .doesNotContain("out of memory");
        return output;
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("%s: %s", command, said).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
        return said;
    }
}
