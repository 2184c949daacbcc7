package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvPlaceholdersTest {
    @Test
    void aPlaceholderWithADefaultNeedsNoValue() {
        assertThatCode(() -> EnvPlaceholders.check("r.json", "\"${SPA_URL:http://localhost:5173}\"", Map.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void anEmptyDefaultIsADefault() {
        assertThatCode(() -> EnvPlaceholders.check("r.json", "${SMTP_USER:}", Map.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void aPlaceholderWithoutADefaultIsFilledFromTheEnvironment() {
        assertThatCode(() -> EnvPlaceholders.check("r.json", "${API_SECRET}", Map.of("API_SECRET", "s")))
                .doesNotThrowAnyException();
    }

    @Test
    void allThatIsMissingIsNamedOnceWithTheFileAndNoValue() {
        assertThatThrownBy(() -> EnvPlaceholders.check(
                        "lending-realm.json", "${B_SECRET} ${A_SECRET} ${B_SECRET} ${C:1} ${D}", Map.of("D", "hidden")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("lending-realm.json needs A_SECRET, B_SECRET:")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void messageKeysOfKeycloakAreNoPlaceholders() {
        assertThatCode(() -> EnvPlaceholders.check("r.json", "${client_account} ${profileScopeConsentText}", Map.of()))
                .doesNotThrowAnyException();
    }
}
