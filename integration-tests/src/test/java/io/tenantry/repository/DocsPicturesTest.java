package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pictures in docs/images are those that pages show, and a browser test takes each. */
class DocsPicturesTest {
    private static final Pattern SHOWN = Pattern.compile("!\\[([^]]+)]\\(images/([^)]+)\\)");
    private static final Path BROWSER_TESTS = Repository.ROOT.resolve("integration-tests/src/test/java/io/tenantry/it");
    private static final long LARGEST = 100_000;

    @Test
    void everyPictureThatAPageShowsIsTakenAndEveryOneTakenIsShown() {
        assertThat(SHOWN.matcher(text(Repository.ROOT.resolve("docs"), ".md"))
                        .results()
                        .map(picture -> picture.group(2)))
                .containsExactlyInAnyOrderElementsOf(taken());
    }

    @Test
    void noPictureLiesThereThatNoTestTakes() throws IOException {
        try (Stream<Path> files = Files.list(DocsPicture.folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(taken());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserTestTakesIt(DocsPicture picture) {
        assertThat(text(BROWSER_TESTS, "IT.java")).containsPattern("\\bDocsPicture\\." + picture.name() + "\\b");
    }

    @ParameterizedTest
    @EnumSource
    void itIsSmall(DocsPicture picture) {
        assertThat(picture.file())
                .satisfies(file -> assertThat(Files.size(file)).isBetween(1L, LARGEST));
    }

    private static List<String> taken() {
        return Stream.of(DocsPicture.values())
                .map(picture -> picture.file().getFileName().toString())
                .toList();
    }

    private static String text(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .map(Repository::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
