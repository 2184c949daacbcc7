package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokeringMessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"ar", "en", "de", "fr", "es", "pt"})
    void refusalSaysWhomToAskAndTheReference(String language) {
        assertThat(text(language, Rejections.ASK_TENANT, "north", "REF123"))
                .contains("north")
                .contains("REF123")
                .doesNotContain("{")
                .doesNotContain("''");
        assertThat(text(language, Rejections.ASK_CONTACT, "north", "REF123", "the help desk"))
                .contains("north")
                .contains("REF123")
                .contains("the help desk")
                .doesNotContain("{")
                .doesNotContain("''");
    }

    private static String text(String language, String key, Object... parameters) {
        String pattern = messages(language).getProperty(key);
        assertThat(pattern).as("%s in %s", key, language).isNotBlank();
        return new MessageFormat(pattern, Locale.forLanguageTag(language)).format(parameters);
    }

    private static Properties messages(String language) {
        String file = "/theme-resources/messages/messages_" + language + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(BrokeringMessagesTest.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
