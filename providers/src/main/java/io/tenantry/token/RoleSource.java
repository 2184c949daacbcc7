package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import java.util.Arrays;
import java.util.List;

/** Which of the roles held in a tenant its tokens list. */
enum RoleSource {
    REALM_ROLES("realm-roles"),
    CLIENT_ROLES("client-roles"),
    BOTH("both");

    private final String setting;

    RoleSource(String setting) {
        this.setting = setting;
    }

    /**
     * Reads what an admin wrote.
     *
     * @param setting the name that it is written under
     * @throws InvalidSettingException if it is none
     */
    static RoleSource of(String setting, String text) {
        return Arrays.stream(values())
                .filter(source -> source.setting.equals(text))
                .findAny()
                .orElseThrow(() ->
                        new InvalidSettingException(setting, text, "choose one of " + String.join(", ", settings())));
    }

    /** All of them, as an admin writes them. */
    static List<String> settings() {
        return Arrays.stream(values()).map(RoleSource::setting).toList();
    }

    /** As an admin writes it. */
    String setting() {
        return setting;
    }

    boolean realmRoles() {
        return this != CLIENT_ROLES;
    }

    boolean clientRoles() {
        return this != REALM_ROLES;
    }
}
