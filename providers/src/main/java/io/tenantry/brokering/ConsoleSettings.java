package io.tenantry.brokering;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * A mapper's settings as the admin console shows them. Labels and help texts are message keys: a prefix, the key in
 * camel case, and {@code Help} for the latter.
 */
public final class ConsoleSettings {
    private final String prefix;
    private final List<ProviderConfigProperty> properties = new ArrayList<>();

    public ConsoleSettings(String prefix) {
        this.prefix = prefix;
    }

    /** Adds a switch. */
    public ConsoleSettings flag(String key, boolean otherwise) {
        return add(key, ProviderConfigProperty.BOOLEAN_TYPE, String.valueOf(otherwise));
    }

    /**
     * Adds a list of texts, one a line. The console's own control for lists sends an array, which the server refuses of
     * an identity provider's mapper (seen in 26.7.3).
     */
    public ConsoleSettings list(String key) {
        return add(key, ProviderConfigProperty.TEXT_TYPE, null);
    }

    /** Adds a table of two columns. */
    public ConsoleSettings table(String key) {
        return add(key, ProviderConfigProperty.MAP_TYPE, null);
    }

    /** Adds a text. */
    public ConsoleSettings text(String key) {
        return add(key, ProviderConfigProperty.STRING_TYPE, null);
    }

    /** Adds a whole number that may be left empty, which the console's other kind of number cannot be. */
    public ConsoleSettings number(String key) {
        return add(key, ProviderConfigProperty.NUMBER_TYPE, null);
    }

    /** What was added. */
    public List<ProviderConfigProperty> toList() {
        return List.copyOf(properties);
    }

    private ConsoleSettings add(String key, String type, @Nullable Object otherwise) {
        String message = prefix + camelCase(key);
        properties.add(new ProviderConfigProperty(key, message, message + "Help", type, otherwise));
        return this;
    }

    private static String camelCase(String key) {
        StringBuilder text = new StringBuilder();
        for (String word : key.split("\\.", -1)) {
            text.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return text.toString();
    }
}
