package io.tenantry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPatternTest {
    /** Long beside 25 ms, as this machine may be busy, and short beside what Java's own engine takes. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** Expressions that are known to be slow, of validators that were broken by them and of the literature. */
    static final String[] EVIL = {
        "(.*)*b(.*)*c\\1",
        "(a|b)*c",
        "(a+)+b",
        "(a*)*b",
        "(a|a)*b",
        "(a|aa)+b",
        "(.*a){20}b",
        "(.*a){12}\\1",
        "([a-zA-Z]+)*\\d",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(x+x+)+y",
        "(\\w+\\s?)*!",
        "^(a?){40}a{40}$",
        "(a?){9000}b",
        "(?:(?:a?){50}){50}b\\1",
        "(?=(a+)+$)b",
        "(?i)(a+)+b",
        "([a-z&&[^b]]+)+b",
        "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$",
        "^((?:[a-z]+)+)+\\1@$",
        "(\\d+)*\\1x",
        "(.|\\n)*\\1x",
        "((a{0,100}){0,100}){0,100}b",
    };

    @ParameterizedTest
    @FieldSource("EVIL")
    void noExpressionAndNoTextTakesLong(String expression) {
        long start = System.nanoTime();
        try {
            BoundedPattern pattern = BoundedPattern.of(expression);
            for (String text : new String[] {"a", "ab", "1", "x", "aA1!", "a\u0001"}) {
                pattern.matches(text.repeat(4_096 / text.length()));
                pattern.matches(text.repeat(30) + "!");
            }
            pattern.matches("ab".repeat(10_000));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("regular expression");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(.*)*b(.*)*c\\1", "((a?){100}){100}b", "a{10000}"})
    void whatIsSlowIsRefusedWhenItIsWritten(String expression) {
        assertThatThrownBy(() -> BoundedPattern.of(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatOnlySomeTextMakesSlowDoesNotMatchIt() {
        BoundedPattern pattern = BoundedPattern.of("(?:(?:zq?)+)+\\b#");

        assertThat(pattern.matches("zqzqz#")).isTrue();
        assertThat(pattern.matches("zq".repeat(500) + "!")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{2", "*", "\\"})
    void whatIsNoExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> BoundedPattern.of(expression)).hasMessage("that is no regular expression");
    }

    @Test
    void expressionsAndTextsHaveAnEnd() {
        assertThatThrownBy(() -> BoundedPattern.of("a".repeat(1_001))).hasMessageContaining("longer than 1000");
        assertThat(BoundedPattern.of("a*").matches("a".repeat(4_096))).isTrue();
        assertThat(BoundedPattern.of("a*").matches("a".repeat(4_097))).isFalse();
    }

    /** Whichever engine matches. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(?=.*[A-Z])(?=.*\\d).{8,64} | Abcdefg1",
                "(?=.*[A-Z])(?=.*\\d).{8,64} | abcdefg1",
                ".*[^A-Za-z0-9].* | abc!",
                ".*[^A-Za-z0-9].* | abc",
                "[a-z&&[^b]]+ | abc",
                "[a-z&&[^b]]+ | adc",
                "[a[bc]]+ | abcab",
                "[]a[b]]+ | ab]",
                "[\\]a[b]]+ | ab]",
                "\\p{Alpha}+ | abc",
                "\\p{L}+ | äöü",
                "\\w+ | äöü",
                "(?i)ä+ | Ä",
                "\\Qa+\\E | a+",
                "(a+)+b | aaaaaaaaaaaaaaaaaaaaaaaaab",
                "x{2,3} | xx",
                "x{2,3} | xxxx",
                ".{4} | \uD83D\uDE00abc",
                "\\bword\\b | word",
                "(a)\\1 | aa",
                "\\041+ | !!"
            })
    void meansWhatJavasOwnMeans(String expression, String text) {
        assertThat(BoundedPattern.of(expression).matches(text)).isEqualTo(Pattern.matches(expression, text));
    }

    /** Whatever ends a line for one and not for the other. */
    @ParameterizedTest
    @ValueSource(ints = {'\n', '\r', 0x0b, 0x85, 0x2028, 0x2029})
    void linesEndWhereJavaSaysSo(int codePoint) {
        String text = "a" + Character.toString(codePoint) + "b";
        for (String expression : new String[] {"a.b", "a\\sb", "a[^x]b", "a\\Wb"}) {
            assertThat(BoundedPattern.of(expression).matches(text)).isEqualTo(Pattern.matches(expression, text));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | 3",
                "a{3} | 3",
                "(ab){3} | 6",
                "((ab){3}c){2} | 14",
                "[a-z{9}]{2} | 2",
                "\\Qa{99}\\E | 1",
                "\\{9} | 3",
                "a{2,} | 2",
                "a{2,5}b* | 6",
                "((a{100}){100}){100} | 10000",
                "(a{5} | 5"
            })
    void repetitionsAreWrittenOut(String expression, int size) {
        assertThat(Repetitions.in(expression)).isEqualTo(size);
    }
}
