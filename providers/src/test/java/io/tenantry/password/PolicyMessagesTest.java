package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.policy.PolicyError;

class PolicyMessagesTest {
    private final PolicyMessages english = messages("en");

    @Test
    void oneViolationIsAKeyThatTheDoorTranslates() {
        PolicyError error = english.error(List.of(violation("length", "14", 14, "north")));
        assertThat(error.getMessage()).isEqualTo("tenantryRule.length");
        assertThat(error.getParameters()).containsExactly(14, "north bank");
    }

    @Test
    void manyViolationsAreSaidAtOnce() {
        PolicyError error =
                english.error(List.of(violation("length", "14", 14, "north"), violation("digits", "1", 1, "harbor")));
        assertThat(error.getMessage()).isEqualTo("tenantryPasswordViolations");
        assertThat(error.getParameters())
                .containsExactly(
                        "north bank asks for at least 14 characters. harbor bank asks for at least one digit.");
    }

    @Test
    void oneViolationIsSaidInWordsWhereTheDoorKnowsAnotherLanguage() {
        PolicyError error = messages("de").spoken(List.of(violation("length", "14", 14, "north")));
        assertThat(error.getMessage()).isEqualTo("tenantryPasswordViolations");
        assertThat(error.getParameters()).containsExactly("north bank verlangt mindestens 14 Zeichen.");
    }

    @Test
    void sameSentenceIsSaidOnce() {
        assertThat(english.text(List.of(
                        violation("regexPattern", "a", null, "north"), violation("regexPattern", "b", null, "north"))))
                .isEqualTo("north bank asks for a password of a certain form, which this one does not have.");
    }

    @Test
    void ruleOfAnotherExtensionIsSaidInItsOwnWords() {
        Finding other = new Finding.Violation(
                List.of(PasswordRulesTest.lender("north")),
                new UnderstoodRule(new PolicyRule("theirs", null), null),
                new PolicyError("Not on {0}!", 'x'));
        PolicyError error = english.error(List.of(other));
        assertThat(error.getMessage()).isEqualTo("tenantryPasswordViolations");
        assertThat(error.getParameters()).containsExactly("north bank: Not on {0}!");
    }

    @Test
    void ruleThatCannotBeUsedIsNamedWithItsLender() {
        PolicyError error = english.error(List.of(
                new Finding.Unusable(PasswordRulesTest.lender("north"), new BrokenRule("lenght(9)", "no such"))));
        assertThat(error.getMessage()).isEqualTo("tenantryUnusableRule");
        assertThat(error.getParameters()).containsExactly("lenght(9)", "north bank", "no such");
        assertThat(format("en", error)).contains("north bank", "lenght(9)", "no such");
    }

    @Test
    void manyLendersAreCounted() {
        Finding shared = new Finding.Violation(
                Stream.of("a", "b", "c", "d").map(PasswordRulesTest::lender).toList(),
                new UnderstoodRule(new PolicyRule("length", "14"), 14),
                new PolicyError("x"));
        assertThat(english.text(shared)).isEqualTo("a bank and 3 other organizations asks for at least 14 characters.");
    }

    @Test
    void ruleIsSaidBeforeAnybodyBreaksIt() {
        assertThat(english.text(
                        new UnderstoodRule(new PolicyRule("upperCase", "2"), 2),
                        List.of(PasswordRulesTest.lender("north"))))
                .isEqualTo("north bank asks for at least 2 upper-case letters.");
        assertThat(english.text(new UnderstoodRule(new PolicyRule("theirs", null), null), List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "fr", "es", "pt"})
    void languageSaysAllThatEnglishSays(String language) {
        Properties translated = bundle(language);
        assertThat(ours(translated)).containsExactlyInAnyOrderElementsOf(ours(bundle("en")));
        for (String key : ours(translated)) {
            MessageFormat format = new MessageFormat(translated.getProperty(key), Locale.forLanguageTag(language));
            Object[] parameters = key.endsWith("tenantryAndOthers")
                    ? new Object[] {"Nord & Söhne", 2}
                    : new Object[] {7, "Nord & Söhne", "warum"};
            assertThat(format.format(parameters)).as(key).isNotBlank().doesNotContain("{", "''");
            assertThat(format.getFormatsByArgumentIndex())
                    .as(key)
                    .hasSameSizeAs(new MessageFormat(bundle("en").getProperty(key)).getFormatsByArgumentIndex());
        }
    }

    private static List<String> ours(Properties bundle) {
        return bundle.stringPropertyNames().stream()
                .filter(key -> key.startsWith("tenantryRule.")
                        || key.startsWith("tenantryPassword")
                        || key.equals(PolicyMessages.OTHER_RULE)
                        || key.equals(PolicyMessages.UNUSABLE)
                        || key.equals(PolicyMessages.AND_OTHERS)
                        || key.matches("tenantry(NotTenantName|MinStrength|NotBreached|BreachList).*"))
                .toList();
    }

    private static Finding violation(String id, String config, Integer number, String lender) {
        return new Finding.Violation(
                List.of(PasswordRulesTest.lender(lender)),
                new UnderstoodRule(new PolicyRule(id, config), number),
                new PolicyError("stock"));
    }

    private static PolicyMessages messages(String language) {
        return new PolicyMessages(bundle(language), Locale.forLanguageTag(language));
    }

    private static String format(String language, PolicyError error) {
        return MessageFormat.format(bundle(language).getProperty(error.getMessage()), error.getParameters());
    }

    static Properties bundle(String language) {
        String name = "/theme-resources/messages/messages_" + language + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(PolicyMessagesTest.class.getResourceAsStream(name), name),
                StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
