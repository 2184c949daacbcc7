package io.tenantry.brokering;

/**
 * Text that a login page shows as it was written. Pages run messages through {@code kcSanitize}, which decodes entities
 * before it looks for elements, several times over, and lets links and images pass: so what would begin an element or an
 * entity is kept from doing so by a character that nobody sees.
 */
final class PlainText {
    private static final String WORD_JOINER = "\u2060";

    private PlainText() {}

    static String of(String text) {
        return text.replace("<", '<' + WORD_JOINER).replace("&", '&' + WORD_JOINER);
    }
}
