package io.tenantry.password;

import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What one step of a login tells the next about the password. Never the password. */
final class LoginNotes {
    private static final String SHORTFALL = "tenantry.password.shortfall";
    private static final String TYPED = "tenantry.password.typed";
    private static final int MAX_LENGTH = 4_000;

    private final AuthenticationSessionModel login;

    LoginNotes(AuthenticationSessionModel login) {
        this.login = login;
    }

    /** Remembered by the user session too, for later logins through it. */
    void passwordTyped() {
        login.setUserSessionNote(TYPED, "true");
    }

    /** Whether this session was opened by typing a password, rather than by a broker or a passkey. */
    static boolean passwordTyped(UserSessionModel session) {
        return "true".equals(session.getNote(TYPED));
    }

    void fallsShort(UserModel user, String reason) {
        String note = user.getId() + '\n' + reason;
        login.setAuthNote(SHORTFALL, note.substring(0, Math.min(note.length(), MAX_LENGTH)));
    }

    void noShortfall() {
        login.removeAuthNote(SHORTFALL);
    }

    /** Why the user's password falls short, if it does. */
    Optional<String> shortfall(UserModel user) {
        String note = login.getAuthNote(SHORTFALL);
        String owner = user.getId() + '\n';
        return note != null && note.startsWith(owner) ? Optional.of(note.substring(owner.length())) : Optional.empty();
    }
}
