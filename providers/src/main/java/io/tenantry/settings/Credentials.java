package io.tenantry.settings;

import org.jspecify.annotations.Nullable;

/**
 * A password and whom it belongs to. Its text form never shows the password.
 *
 * @param username the ACL user, or null for the server's default user
 * @param password not empty
 */
public record Credentials(@Nullable String username, String password) {
    /**
     * Checks that there is a password.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Credentials {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the password is empty");
        }
    }

    @Override
    public String toString() {
        return "Credentials[username=" + username + ", password=***]";
    }
}
