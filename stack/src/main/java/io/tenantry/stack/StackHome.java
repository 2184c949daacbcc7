package io.tenantry.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The directory that the build fills and the stack works in, {@code stack/target}: {@code distribution/},
 * {@code providers/}, {@code realm-config/}, and the stack's own {@code servers/} (built ones, kept) and {@code run/}
 * (running ones).
 *
 * <p>It is found next to this class, wherever that is, so nothing built holds an absolute path. The system property
 * {@value #PROPERTY} names another.
 */
public final class StackHome {
    /** Names the directory to use instead. */
    public static final String PROPERTY = "tenantry.stack.home";

    private final Path directory;

    StackHome(Path directory) {
        this.directory = directory;
    }

    /** The one that this class was built into. */
    public static StackHome find() {
        String configured = System.getProperty(PROPERTY);
        if (configured != null) {
            return new StackHome(Path.of(configured).toAbsolutePath());
        }
        CodeSource source = StackHome.class.getProtectionDomain().getCodeSource();
        try {
            return new StackHome(Objects.requireNonNull(
                    Path.of(source.getLocation().toURI()).toAbsolutePath().getParent()));
        } catch (URISyntaxException e) {
            throw new StackException("cannot tell where the stack is; set -D" + PROPERTY + "=…/stack/target", e);
        }
    }

    /** The stock Keycloak that the build resolved. */
    public Distribution distribution() {
        String version = version("keycloak.version");
        return new Distribution(version, built("distribution/keycloak-" + version + ".zip"));
    }

    /** The jar under test. */
    public Path providerJar() {
        return built("providers/tenantry-keycloak.jar");
    }

    /** The realms of {@code realm-config/}, sorted by file name; empty where there are none. */
    public List<Path> realms() {
        Path realms = directory.resolve("realm-config");
        if (!Files.isDirectory(realms)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(realms)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StackException("cannot list " + realms, e);
        }
    }

    /** Where built servers are kept; made if missing. */
    Path servers() {
        return made("servers");
    }

    /** Where running servers have their homes and logs; made if missing. */
    Path run() {
        return made("run");
    }

    /** A version that the parent POM states. */
    static String version(String key) {
        Properties versions = new Properties();
        try (InputStream in = StackHome.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new StackException("cannot read versions.properties", e);
        }
        String version = versions.getProperty(key);
        if (version == null) {
            throw new StackException("versions.properties lacks " + key);
        }
        return version;
    }

    private Path built(String name) {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new StackException(file + " is missing: run ./mvnw package first");
        }
        return file;
    }

    private Path made(String name) {
        Path path = directory.resolve(name);
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new StackException("cannot make the directory " + path, e);
        }
    }
}
