package io.tenantry.branding;

/**
 * Text that a login page shows as it was written. Pages run messages through {@code kcSanitize}, which decodes entities
 * before it looks for elements, several times over, and lets links and images pass: so what would begin an element or an
 * entity is kept from doing so by a character that nobody sees.
 */
public final class PlainText {
    private static final String WORD_JOINER = "\u2060";

    private PlainText() {}

    /** The text, so. */
    public static String of(String text) {
        return text.replace("<", '<' + WORD_JOINER).replace("&", '&' + WORD_JOINER);
    }

    /** Whether a character shows itself, and neither hides nor moves others. */
    static boolean shows(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                // Needed within words of Persian and of Indic languages, and unable to move text
                point == 0x200C || point == 0x200D;
            default -> true;
        };
    }

    /** The text without what does not show. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().filter(PlainText::shows).forEach(visible::appendCodePoint);
        return visible.toString();
    }
}
