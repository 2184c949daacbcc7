package io.tenantry.repository;

import io.tenantry.stack.StackHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The themes that this build's Keycloak has. */
final class StockThemes {
    private StockThemes() {}

    /** Text files by their names, such as {@code theme/base/login/messages/messages_en.properties}. */
    static Map<String, String> files(Predicate<String> names) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipFile distribution =
                new ZipFile(StackHome.find().distribution().zip().toFile())) {
            distribution.stream()
                    .filter(jar -> jar.getName().contains("/org.keycloak.keycloak-themes-"))
                    .forEach(jar -> read(distribution, jar, names, files));
        }
        return files;
    }

    private static void read(ZipFile distribution, ZipEntry jar, Predicate<String> names, Map<String, String> files) {
        try (InputStream stream = distribution.getInputStream(jar);
                ZipInputStream themes = new ZipInputStream(stream)) {
            for (ZipEntry file = themes.getNextEntry(); file != null; file = themes.getNextEntry()) {
                if (names.test(file.getName())) {
                    files.put(file.getName(), new String(themes.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
