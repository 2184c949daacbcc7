package io.tenantry.brokering;

import io.tenantry.settings.InvalidSettingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.IdentityProviderMapperModel;

/**
 * A mapper's configuration as the console stores it: lists with line breaks or {@code ##} between their entries, tables
 * read by Keycloak's own parser.
 *
 * @param values texts by key
 * @param tables reads a table by its key
 */
public record MapperConfig(Map<String, String> values, Function<String, Map<String, List<String>>> tables) {
    private static final String LIST_DELIMITER = "##|\\R";
    private static final int LONGEST_AGE = 31_536_000;

    /** That of an identity provider's mapper. */
    public static MapperConfig of(IdentityProviderMapperModel mapper) {
        return new MapperConfig(mapper.getConfig(), mapper::getConfigMap);
    }

    /** A switch. */
    public boolean flag(String key, boolean otherwise) {
        String text = text(key);
        return switch (text) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidSettingException(key, text, "write true or false");
        };
    }

    /** A list; blank entries do not count. */
    public List<String> list(String key) {
        return Arrays.stream(text(key).split(LIST_DELIMITER, -1))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** A list without order. */
    public Set<String> set(String key) {
        return list(key).stream().collect(Collectors.toUnmodifiableSet());
    }

    /** A table. */
    public Map<String, List<String>> table(String key) {
        return text(key).isEmpty() ? Map.of() : tables.apply(key);
    }

    /** A number of seconds; empty if none is written. */
    public Optional<Duration> seconds(String key) {
        String text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            int seconds = Integer.parseInt(text);
            if (seconds > 0 && seconds <= LONGEST_AGE) {
                return Optional.of(Duration.ofSeconds(seconds));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new InvalidSettingException(
                key, text, "write a number of seconds from 1 to " + LONGEST_AGE + ", or nothing");
    }

    /** A text, trimmed; empty if none is written. */
    public String text(String key) {
        return values.getOrDefault(key, "").trim();
    }
}
