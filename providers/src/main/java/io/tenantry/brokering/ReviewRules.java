package io.tenantry.brokering;

import java.util.List;
import java.util.Map;

/** Decides whether a submitted profile keeps what was asserted. */
final class ReviewRules {
    private ReviewRules() {}

    /**
     * Whether every asserted field that is submitted is submitted as it was.
     *
     * @param asserted the identity's profile before the page; blank fields are open
     * @param submitted the form; a field that is missing stays as it was
     */
    static boolean keepsAsserted(Map<String, List<String>> asserted, Map<String, List<String>> submitted) {
        return asserted.entrySet().stream()
                .filter(field -> field.getValue().stream().anyMatch(value -> value != null && !value.isBlank()))
                .allMatch(field ->
                        submitted.getOrDefault(field.getKey(), field.getValue()).equals(field.getValue()));
    }
}
