package io.tenantry.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A stock Keycloak as it is published.
 *
 * @param version as in its name
 * @param zip the archive, with one directory at the top
 */
public record Distribution(String version, Path zip) {
    /** Unpacks it so that {@code target} holds {@code bin}, {@code lib} and so on. */
    public void unpackTo(Path target) throws IOException {
        Path root = target.toAbsolutePath().normalize();
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = archive.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path name = Path.of(entry.getName());
                if (entry.isDirectory() || name.getNameCount() < 2) {
                    continue;
                }
                Path file = root.resolve(name.subpath(1, name.getNameCount())).normalize();
                if (!file.startsWith(root)) {
                    throw new IOException("the entry " + name + " of " + zip + " points outside");
                }
                Files.createDirectories(file.getParent());
                try (InputStream content = archive.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
    }
}
