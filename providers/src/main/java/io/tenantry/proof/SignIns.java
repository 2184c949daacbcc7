package io.tenantry.proof;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** Sign-ins, of which the request under way has one, and the sessions that they end in. */
final class SignIns {
    /** The session attribute with the id of the user session in which the request's sign-in has ended. */
    private static final String ENDED = SignIns.class.getName() + ".ended";

    private SignIns() {}

    /** Says that the request's sign-in has ended in a session. */
    static void end(KeycloakSession session, UserSessionModel userSession) {
        session.setAttribute(ENDED, userSession.getId());
    }

    /** The sign-in that has just ended in a session; empty if there is none. */
    static Optional<AuthenticationSessionModel> ended(KeycloakSession session, UserSessionModel userSession) {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .filter(one -> one.getParentSession().getId().equals(userSession.getId()))
                .filter(one -> userSession.getId().equals(session.getAttribute(ENDED)) || !isUnderWay(session, one));
    }

    /**
     * Keycloak takes a tab's sign-in away when it has become a session. Where a cookie had been enough but for something
     * else that was asked for, its last note puts the tab back into the model at hand, and not into what is stored.
     */
    private static boolean isUnderWay(KeycloakSession session, AuthenticationSessionModel signIn) {
        RootAuthenticationSessionModel stored = session.authenticationSessions()
                .getRootAuthenticationSession(
                        signIn.getRealm(), signIn.getParentSession().getId());
        return stored != null && stored.getAuthenticationSessions().containsKey(signIn.getTabId());
    }
}
