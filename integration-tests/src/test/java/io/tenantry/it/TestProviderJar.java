package io.tenantry.it;

import io.tenantry.stack.StackHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A jar with one provider that only a test has, compiled against the distribution under test: these tests know Keycloak
 * from outside, and nothing of this is ever packed with the product.
 */
public final class TestProviderJar {
    /** What providers of a test are written against. */
    private static final Pattern API = Pattern.compile("/lib/lib/main/(org\\.keycloak|jakarta\\.ws\\.rs)\\.");

    private TestProviderJar() {}

    /**
     * Compiles and packs it.
     *
     * @param directory where to work
     * @param spi the fully qualified name of the factory's interface
     * @param factory the simple name of the factory, which is the one class of the source, without a package
     */
    public static Path of(Path directory, String spi, String factory, String source) throws IOException {
        Path file = Files.writeString(directory.resolve(factory + ".java"), source);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of(
                                "--release",
                                "17",
                                "-proc:none",
                                "-classpath",
                                keycloak(directory),
                                "-d",
                                classes.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        if (!compiled) {
            throw new AssertionError(messages.toString());
        }
        Path jar = directory.resolve("test-providers.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            for (Path each : files.toList()) {
                out.putNextEntry(new JarEntry(each.getFileName().toString()));
                Files.copy(each, out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + spi));
            out.write(factory.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static String keycloak(Path directory) throws IOException {
        Path libraries = Files.createDirectories(directory.resolve("keycloak"));
        try (ZipFile distribution =
                new ZipFile(StackHome.find().distribution().zip().toFile())) {
            for (ZipEntry entry : distribution.stream()
                    .filter(each -> API.matcher(each.getName()).find())
                    .toList()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                try (InputStream in = distribution.getInputStream(entry)) {
                    Files.copy(in, libraries.resolve(name));
                }
            }
        }
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
        }
    }
}
