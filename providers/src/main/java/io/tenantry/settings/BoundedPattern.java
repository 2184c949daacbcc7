package io.tenantry.settings;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in Java's notation by somebody whom the server need not trust, for texts by others still. It means
 * what Java's own means, but a match takes some 25 ms at most: expressions and texts can be chosen so that Java's takes
 * years, or runs out of stack. Where RE2 reads an expression as Java does, RE2 matches, whose time is in proportion to the
 * text.
 */
public final class BoundedPattern {
    /** How long an expression may be, in characters. */
    public static final int MAX_LENGTH = 1_000;

    /** How long a text may be, in characters; a longer one does not match. */
    public static final int MAX_TEXT = 4_096;

    /** How large an expression may be that RE2 writes out in full. */
    private static final int MAX_WRITTEN_OUT = 2_000;

    /** What RE2 reads in another way, or not at all: sets within sets, flags, looks around, quotes, and rarer escapes. */
    private static final Pattern JAVAS_OWN =
            Pattern.compile("\\[\\^?]|\\\\]|\\[[^]]*(?:\\[|&&)|\\(\\?(?!:)|\\\\[a-zA-Z0-9&&[^dDwWsSnrt]]");

    /** Those on which most expressions are slow that are slow on any. */
    private static final List<String> PROBES =
            List.of("a".repeat(40), "1".repeat(40), "aA1!".repeat(10), "ab ".repeat(13));

    private final Pattern java;
    private final com.google.re2j.@Nullable Pattern linear;

    private BoundedPattern(Pattern java, com.google.re2j.@Nullable Pattern linear) {
        this.java = java;
        this.linear = linear;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it cannot be used; the message is a clause that says why
     */
    public static BoundedPattern of(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the regular expression is longer than " + MAX_LENGTH + " characters");
        }
        int repetitions = Repetitions.in(expression);
        if (repetitions >= Repetitions.MANY) {
            throw new IllegalArgumentException(
                    "the regular expression repeats more than " + Repetitions.MANY + " times");
        }
        Pattern java;
        try {
            java = Pattern.compile(expression);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new IllegalArgumentException("that is no regular expression");
        }
        BoundedPattern bounded = new BoundedPattern(java, repetitions > MAX_WRITTEN_OUT ? null : linear(expression));
        Watch watch = new Watch();
        try {
            PROBES.forEach(probe -> bounded.matches(probe, watch));
        } catch (Watch.TooSlowException | StackOverflowError e) {
            throw new IllegalArgumentException("the regular expression takes too long to match; nest no repetitions");
        }
        return bounded;
    }

    /** Whether the whole of a text matches; not if that takes too long to tell. */
    public boolean matches(String text) {
        if (text.length() > MAX_TEXT) {
            return false;
        }
        try {
            return matches(text, new Watch());
        } catch (Watch.TooSlowException | StackOverflowError e) {
            return false;
        }
    }

    /** The expression. */
    @Override
    public String toString() {
        return java.pattern();
    }

    private boolean matches(String text, Watch watch) {
        CharSequence watched = watch.over(text);
        if (linear == null || mayEndALine(text)) {
            return java.matcher(watched).matches();
        }
        return linear.matcher(watched).matches();
    }

    /** Of which characters do, the two engines think differently. */
    private static boolean mayEndALine(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    private static com.google.re2j.@Nullable Pattern linear(String expression) {
        if (JAVAS_OWN.matcher(expression).find()) {
            return null;
        }
        try {
            return com.google.re2j.Pattern.compile(expression);
        } catch (com.google.re2j.PatternSyntaxException e) {
            return null;
        }
    }
}
