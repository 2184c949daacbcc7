package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildKeyTest {
    private static final Map<String, String> OPTIONS = Map.of("db", "dev-mem");

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void writeAJar() throws IOException {
        jar = Files.writeString(directory.resolve("provider.jar"), "one");
    }

    @Test
    void startsWithTheVersionSoThatPeopleCanTell() throws IOException {
        assertThat(BuildKey.of("26.7.3", List.of(jar), OPTIONS)).matches("26\\.7\\.3-[0-9a-f]{16}");
    }

    @Test
    void anotherContentOfTheJarIsAnotherKeyAndTheSameContentTheSame() throws IOException {
        String one = BuildKey.of("26.7.3", List.of(jar), OPTIONS);
        Files.writeString(jar, "two");
        String two = BuildKey.of("26.7.3", List.of(jar), OPTIONS);
        Files.writeString(jar, "one");

        assertThat(two).isNotEqualTo(one);
        assertThat(BuildKey.of("26.7.3", List.of(jar), OPTIONS)).isEqualTo(one);
    }

    @Test
    void versionOptionsAndNamesCount() throws IOException {
        Path renamed = Files.writeString(directory.resolve("other.jar"), "one");

        assertThat(List.of(
                        BuildKey.of("26.7.3", List.of(jar), OPTIONS),
                        BuildKey.of("26.7.0", List.of(jar), OPTIONS),
                        BuildKey.of("26.7.3", List.of(renamed), OPTIONS),
                        BuildKey.of("26.7.3", List.of(jar, renamed), OPTIONS),
                        BuildKey.of("26.7.3", List.of(jar), Map.of("db", "postgres")),
                        BuildKey.of("26.7.3", List.of(jar), Map.of("d", "bdev-mem"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void theOrderOfOptionsDoesNotCount() throws IOException {
        Map<String, String> forward = new LinkedHashMap<>();
        forward.put("a", "1");
        forward.put("b", "2");
        Map<String, String> backward = new LinkedHashMap<>();
        backward.put("b", "2");
        backward.put("a", "1");

        assertThat(BuildKey.of("26.7.3", List.of(), forward)).isEqualTo(BuildKey.of("26.7.3", List.of(), backward));
    }
}
