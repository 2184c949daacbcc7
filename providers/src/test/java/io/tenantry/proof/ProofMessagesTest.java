package io.tenantry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofMessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"ar", "en", "de", "fr", "es", "pt"})
    void refusalReadsTheSameWhereverItIsShown(String language) throws IOException {
        String file = "/theme-resources/messages/messages_" + language + ".properties";
        Properties messages = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream(file)), StandardCharsets.UTF_8)) {
            messages.load(reader);
        }
        // Pages double an apostrophe, the account console does not
        assertThat(messages.getProperty(AccountChanges.REFUSED)).isNotBlank().doesNotContain("'", "{");
    }
}
