package io.tenantry.proof;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Sign-ins, of which the request under way has one, and the sessions that they end in. */
final class SignIns {
    private SignIns() {}

    /** The sign-in that has just ended in a session; empty if there is none. */
    static Optional<AuthenticationSessionModel> ended(
            @Nullable AuthenticationSessionModel signIn, UserSessionModel userSession) {
        return Optional.ofNullable(signIn)
                .filter(one -> one.getParentSession().getId().equals(userSession.getId()))
                .filter(one -> !isUnderWay(one));
    }

    /** Keycloak takes a tab's sign-in away when it has become a session. */
    private static boolean isUnderWay(AuthenticationSessionModel signIn) {
        return signIn.getParentSession().getAuthenticationSessions().containsKey(signIn.getTabId());
    }
}
