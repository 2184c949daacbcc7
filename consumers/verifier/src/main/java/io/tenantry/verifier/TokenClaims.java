package io.tenantry.verifier;

import io.tenantry.contract.Selector;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token's claims, read strictly: the JOSE library would take a number for a {@code sub}, and let a time overflow into
 * the past. JSON null counts as absent.
 */
record TokenClaims(Map<String, Object> json) {
    /** The last second of the year 9999. */
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    boolean has(String name) {
        return json.get(name) != null;
    }

    @Nullable String string(String name) throws MalformedClaimException {
        Object value = json.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new MalformedClaimException(name, "is not a string");
    }

    /** A string that may become part of a {@link Selector}. */
    @Nullable String id(String name) throws MalformedClaimException {
        String value = string(name);
        if (value != null && (value.isEmpty() || value.length() > Selector.MAX_PART_LENGTH)) {
            throw new MalformedClaimException(
                    name, "is empty or longer than " + Selector.MAX_PART_LENGTH + " characters");
        }
        return value;
    }

    String requiredId(String name) throws MalformedClaimException {
        return required(name, id(name));
    }

    @Nullable Instant moment(String name) throws MalformedClaimException {
        Object value = json.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.longValue() >= 0 && number.longValue() <= MAX_EPOCH_SECOND) {
            return Instant.ofEpochSecond(number.longValue());
        }
        throw new MalformedClaimException(name, "is not a time in epoch seconds");
    }

    Instant requiredMoment(String name) throws MalformedClaimException {
        return required(name, moment(name));
    }

    /** The distinct strings of an array, in its order; empty where the claim is absent. */
    List<String> strings(String name) throws MalformedClaimException {
        Object value = json.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new MalformedClaimException(name, "is not an array");
        }
        Set<String> strings = new LinkedHashSet<>();
        for (Object element : list) {
            if (!(element instanceof String text) || text.isEmpty()) {
                throw new MalformedClaimException(name, "holds something other than non-empty strings");
            }
            strings.add(text);
        }
        return List.copyOf(strings);
    }

    /** An array of strings, or one string instead, as {@code aud} may be written. */
    List<String> stringOrStrings(String name) throws MalformedClaimException {
        return json.get(name) instanceof String single ? List.of(single) : strings(name);
    }

    private static <T> T required(String name, @Nullable T value) throws MalformedClaimException {
        if (value == null) {
            throw new MalformedClaimException(name, "is missing");
        }
        return value;
    }

    /** A claim that cannot be used; the message names the claim, never its value. */
    static final class MalformedClaimException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String detail;

        MalformedClaimException(String name, String problem) {
            super(null, null, false, false);
            this.detail = "its claim " + name + ' ' + problem;
        }

        String detail() {
            return detail;
        }
    }
}
