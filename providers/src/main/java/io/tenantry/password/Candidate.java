package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/**
 * A password that somebody wants, and who.
 *
 * @param user null while registering
 * @param username null if it is not known yet
 */
record Candidate(@Nullable UserModel user, @Nullable String username, String password) {
    static Candidate of(UserModel user, String password) {
        return new Candidate(user, user.getUsername(), password);
    }

    static Candidate registering(@Nullable String username, String password) {
        return new Candidate(null, username, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Candidate[" + username + "]";
    }
}
