package io.tenantry.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;

/** The files of this repository. */
final class Repository {

    static final Path ROOT = Path.of(property("basedir")).toAbsolutePath().getParent();

    private Repository() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A property as the parent POM has it, whatever this build was told to take instead. */
    static String pom(String name) {
        return Objects.requireNonNull(
                        Jsoup.parse(read(ROOT.resolve("pom.xml")), Parser.xmlParser())
                                .selectFirst("project > properties > " + name.replace(".", "\\.")),
                        name)
                .text();
    }

    /** A property that surefire passes on from the POM. */
    static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
