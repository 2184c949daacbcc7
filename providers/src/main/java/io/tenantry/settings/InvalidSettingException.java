package io.tenantry.settings;

/** A setting that cannot be used. The message names the setting, its value and the remedy, and never holds a secret. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes what is wrong.
     *
     * @param setting the setting's public name, as an admin writes it
     * @param value the offending value, already redacted where it could hold a secret
     * @param remedy what to write instead, a full clause
     */
    public InvalidSettingException(String setting, String value, String remedy) {
        super(setting + " is '" + value + "': " + remedy);
    }
}
