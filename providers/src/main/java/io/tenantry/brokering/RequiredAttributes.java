package io.tenantry.brokering;

import io.tenantry.settings.BoundedPattern;
import io.tenantry.settings.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a provider must assert of a user: attributes with, for each, what one of its values must be. An empty text asks
 * for any value, a text between slashes is a regular expression for the whole value, any other is the value itself.
 */
public final class RequiredAttributes {
    private final Map<String, List<Predicate<String>>> required;

    private RequiredAttributes(Map<String, List<Predicate<String>>> required) {
        this.required = required;
    }

    /**
     * Reads the table; a name written on several rows allows any of their values.
     *
     * @param setting where it was written, for the error
     * @throws InvalidSettingException if a pattern does not compile
     */
    public static RequiredAttributes of(String setting, Map<String, List<String>> table) {
        return new RequiredAttributes(table.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        row -> row.getValue().stream()
                                .map(text -> condition(setting + " " + row.getKey(), text))
                                .toList())));
    }

    /** Whether all are there. */
    public boolean metBy(Map<String, List<String>> attributes) {
        return required.entrySet().stream()
                .allMatch(row -> attributes.getOrDefault(row.getKey(), List.of()).stream()
                        .anyMatch(value -> row.getValue().stream().anyMatch(condition -> condition.test(value))));
    }

    private static Predicate<String> condition(String setting, String text) {
        if (text.isEmpty()) {
            return value -> !value.isBlank();
        }
        if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
            try {
                return BoundedPattern.of(text.substring(1, text.length() - 1))::matches;
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(setting, text, "between the slashes, " + e.getMessage());
            }
        }
        return text::equals;
    }
}
