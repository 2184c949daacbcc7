package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The jar as it ships. Runs after shading, in the package phase, even where tests are skipped. */
@EnabledIfSystemProperty(named = "shaded.jar", matches = ".+")
class ShadedJarTest {
    private static final long LIMIT_BYTES = 4 * 1024 * 1024;

    private static final List<String> ALLOWED = List.of("io/tenantry/", "theme/", "theme-resources/", "META-INF/");

    /** Classes that are Keycloak's or optional are missing too, and rightly so. */
    private static final Predicate<String> MISSING =
            Pattern.compile("-> io\\.tenantry\\S* +not found").asPredicate();

    private final Path jar = Path.of(System.getProperty("shaded.jar"));

    @Test
    void holdsNothingUnrelocated() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream()
                            .map(JarEntry::getName)
                            .filter(name -> !name.endsWith("/"))
                            .filter(name -> ALLOWED.stream().noneMatch(name::startsWith)
                                    || (name.startsWith("META-INF/") && name.endsWith(".class"))))
                    .as("entries that would lie on Keycloak's flat classpath")
                    .isEmpty();
        }
    }

    @Test
    void registersOnlyServicesThatKeycloakLoads() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
                            .map(name -> name.substring("META-INF/services/".length())))
                    .allMatch(name -> name.startsWith("org.keycloak.") || name.startsWith("io.tenantry."));
        }
    }

    @Test
    void holdsEveryRelocatedClassThatItsClassesName() {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter answer = new StringWriter();
        jdeps.run(
                new PrintWriter(answer),
                new PrintWriter(answer),
                "--multi-release",
                "base",
                "-verbose:class",
                jar.toString());
        assertThat(answer.toString()).contains("io.tenantry.shaded.redis.clients.jedis.JedisPubSubBase");
        assertThat(answer.toString().lines().filter(MISSING)).isEmpty();
    }

    @Test
    void staysSmall() throws IOException {
        assertThat(Files.size(jar)).isLessThan(LIMIT_BYTES);
    }
}
