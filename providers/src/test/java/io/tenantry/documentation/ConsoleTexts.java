package io.tenantry.documentation;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What the console reads under a key of ours. */
final class ConsoleTexts {
    private static final Path BUNDLE = Path.of(
            System.getProperty("basedir"), "src/main/resources/theme-resources/messages/messages_en.properties");

    private final Properties texts = new Properties();

    ConsoleTexts() {
        try (Reader reader = Files.newBufferedReader(BUNDLE)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text, or what was given where it is no key. */
    String of(String keyOrText) {
        return texts.getProperty(keyOrText, keyOrText);
    }
}
