package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import java.util.Map;
import org.keycloak.provider.ProviderConfigProperty;

/** A setting of one of our mappers: what the console shows and what the parser reads. */
interface MapperSetting {
    /** How long what is written may be, in characters. */
    int MAX_LENGTH = 255;

    /** The name under which the mapper's configuration holds it. */
    String key();

    /** One of {@link ProviderConfigProperty}; a list is one of where roles come from. */
    String type();

    String defaultValue();

    /** What the admin wrote, without surrounding space; the default where nothing was written. */
    default String in(Map<String, String> config) {
        String written = config.get(key());
        return written == null || written.isBlank() ? defaultValue() : written.strip();
    }

    /**
     * The same, of a switch.
     *
     * @throws InvalidSettingException if it is neither true nor false
     */
    default boolean flagIn(Map<String, String> config) {
        String text = in(config);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidSettingException(key(), text, "write true or false");
        };
    }

    /** Its field in the console; label and help text are keys of the message bundle. */
    default ProviderConfigProperty property() {
        ProviderConfigProperty property =
                new ProviderConfigProperty(key(), key() + ".label", key() + ".help", type(), defaultValue());
        if (type().equals(ProviderConfigProperty.LIST_TYPE)) {
            property.setOptions(RoleSource.settings());
        }
        return property;
    }

    /**
     * Checks a text's length.
     *
     * @throws InvalidSettingException if it is too long
     */
    default void requireShort(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidSettingException(
                    key(), text.substring(0, 16) + "…", "write at most " + MAX_LENGTH + " characters");
        }
    }

    /**
     * Checks a name that is written into a document.
     *
     * @param whose what has it, such as "a claim"
     * @throws InvalidSettingException if it is none
     */
    default void requireName(String name, String whose) {
        requireShort(name);
        if (name.isBlank() || name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new InvalidSettingException(key(), name, "write " + whose + "'s name, without spaces");
        }
    }

    /**
     * Checks that a name is not taken.
     *
     * @throws InvalidSettingException if the other setting has it
     */
    default void requireOther(String name, MapperSetting other, String taken) {
        if (name.equals(taken)) {
            throw new InvalidSettingException(key(), name, "choose another name than that of " + other.key());
        }
    }
}
