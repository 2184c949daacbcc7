package io.tenantry.password;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A rule that can be enforced.
 *
 * @param rule as written
 * @param config the value as the rule's provider reads it, often an {@link Integer}; null if the rule takes none
 */
record UnderstoodRule(PolicyRule rule, @Nullable Object config) {
    String id() {
        return rule.id();
    }

    /** The value of a rule that takes a whole number, 0 and up; empty for any other, and for -1, which means "off". */
    OptionalInt number() {
        return config instanceof Integer number && number >= 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** What a message shows for the rule's value; a number stays one, for plurals. */
    Object shown() {
        if (config instanceof Integer number) {
            return number;
        }
        return rule.config() == null ? "" : rule.config();
    }
}
