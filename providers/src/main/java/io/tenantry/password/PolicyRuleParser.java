package io.tenantry.password;

import io.tenantry.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the values of the organization attribute {@value TenantPolicyAttributes#RULES}. A value holds one rule, or
 * several in Keycloak's notation, {@code length(14) and digits(2)}.
 *
 * <p>Keycloak's own parser splits at every {@code " and "} and keeps one rule an id. This one finds where a rule's
 * parentheses close first, so that a regular expression may hold {@code " and "}, and keeps every rule.
 */
final class PolicyRuleParser {
    /** The most rules that one tenant may have. */
    static final int MAX_RULES = 64;
    /** The longest value, in characters; the column that holds it ends at 255. */
    static final int MAX_VALUE_LENGTH = 4_096;

    private static final int MAX_QUOTED = 120;
    private static final String AND = "and";
    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

    private PolicyRuleParser() {}

    /**
     * Reads all values.
     *
     * @throws InvalidSettingException naming the value that cannot be read, and no other exception
     */
    static List<PolicyRule> parse(List<String> values) {
        List<PolicyRule> rules = new ArrayList<>();
        for (String value : values) {
            parse(value, rules);
            if (rules.size() > MAX_RULES) {
                throw invalid(value, "a tenant may have at most " + MAX_RULES + " rules, remove some");
            }
        }
        return List.copyOf(rules);
    }

    private static void parse(String value, List<PolicyRule> into) {
        if (value.length() > MAX_VALUE_LENGTH) {
            throw invalid(value, "write at most " + MAX_VALUE_LENGTH + " characters a value");
        }
        int position = skipSpace(value, 0);
        if (position == value.length()) {
            return;
        }
        while (true) {
            int idEnd = endOfId(value, position);
            if (idEnd == position) {
                throw invalid(value, "a rule starts with its name, like length(14), at character " + (position + 1));
            }
            String id = value.substring(position, idEnd);
            position = skipSpace(value, idEnd);
            if (position < value.length() && value.charAt(position) == '(') {
                int close = closing(value, position);
                into.add(new PolicyRule(id, value.substring(position + 1, close)));
                position = skipSpace(value, close + 1);
            } else {
                into.add(new PolicyRule(id, null));
            }
            if (position == value.length()) {
                return;
            }
            position = afterAnd(value, position, value.charAt(position - 1));
        }
    }

    private static int afterAnd(String value, int position, char before) {
        int after = position + AND.length();
        boolean separated = isSpace(before)
                && value.startsWith(AND, position)
                && after < value.length()
                && isSpace(value.charAt(after));
        if (!separated) {
            throw invalid(value, "write ' and ' between two rules, at character " + (position + 1));
        }
        return skipSpace(value, after);
    }

    /** Where the parenthesis opened at {@code open} closes: read as a regular expression first, else as plain text. */
    private static int closing(String value, int open) {
        int close = RegexParentheses.closing(value, open);
        if (close < 0) {
            close = plainClosing(value, open);
        }
        if (close < 0) {
            throw invalid(value, "close the parenthesis opened at character " + (open + 1));
        }
        return close;
    }

    private static int plainClosing(String value, int open) {
        int depth = 0;
        for (int i = open; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int endOfId(String value, int from) {
        int i = from;
        while (i < value.length() && isIdPart(value.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isIdPart(char c) {
        return ID_CHARACTERS.indexOf(c) >= 0;
    }

    private static int skipSpace(String value, int from) {
        int i = from;
        while (i < value.length() && isSpace(value.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c);
    }

    private static InvalidSettingException invalid(String value, String remedy) {
        String quoted = value.length() <= MAX_QUOTED ? value : value.substring(0, MAX_QUOTED) + "…";
        return new InvalidSettingException(TenantPolicyAttributes.RULES, quoted, remedy);
    }
}
