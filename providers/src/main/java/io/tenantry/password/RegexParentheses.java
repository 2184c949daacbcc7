package io.tenantry.password;

/** Parentheses as a regular expression sees them: those escaped, quoted or in a character class are mere characters. */
final class RegexParentheses {
    private RegexParentheses() {}

    /** The index of the parenthesis that closes the one at {@code open}, or -1. */
    static int closing(String text, int open) {
        int depth = 0;
        int classDepth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i = afterEscape(text, i);
            } else if (c == '[') {
                classDepth++;
                i = afterLeadingBracket(text, i);
            } else if (classDepth > 0) {
                classDepth -= c == ']' ? 1 : 0;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the last character that belongs to the escape at {@code backslash}. */
    private static int afterEscape(String text, int backslash) {
        if (!text.startsWith("\\Q", backslash)) {
            return backslash + 1;
        }
        int end = text.indexOf("\\E", backslash + 2);
        return end < 0 ? text.length() : end + 1;
    }

    /** A closing bracket that comes first in its class, {@code []a]} or {@code [^]a]}, does not close it. */
    private static int afterLeadingBracket(String text, int bracket) {
        int first = text.startsWith("^", bracket + 1) ? bracket + 2 : bracket + 1;
        return text.startsWith("]", first) ? first : first - 1;
    }
}
