package io.tenantry.revocation.listener;

import io.tenantry.revocation.EndedSession;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.models.UserSessionModel.State;
import org.keycloak.models.utils.SessionExpirationUtils;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Notes sessions that end, where that ends trust. Several of Keycloak's own ways to end one emit no event: impersonation in
 * the same realm, a sign-in that takes another's place in the browser, a flow started over, a logout by an identity
 * provider.
 */
final class SessionEndings implements ObservedSessions.Observer {
    private static final String EXPECTED = SessionEndings.class.getName();

    private final KeycloakSession session;
    private final Clock clock;

    SessionEndings(KeycloakSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /** Has endings in this session pass unnoted from here on: what they would revoke has been revoked before. */
    static void expect(KeycloakSession session) {
        session.setAttribute(EXPECTED, true);
    }

    @Override
    public void goesOnOffline(UserSessionModel online) {
        RevocationListenerFactory.service(session).goesOnOffline(online.getRealm());
    }

    @Override
    public void ends(RealmModel realm, UserSessionModel ended) {
        if (RevocationListenerFactory.listensTo(realm)
                && session.getAttribute(EXPECTED) == null
                && hasTokens(ended)
                && !hasExpired(realm, ended)
                && !goesOnOffline(realm, ended)) {
            UserModel user = ended.getUser();
            RevocationUnit.of(session, RevocationListenerFactory.service(session))
                    .add(realm.getId(), new EndedSession(ended.getId(), user == null ? null : user.getId()));
            giveUpSignIns(realm, ended.getId());
        }
    }

    /**
     * Ends the sign-ins that are under way in a session's browser: one that asks for the password again would end in a
     * session of the same id, which is revoked. Keycloak does so itself, unless another browser's sign-in has ended the
     * session, as a limit of sessions does.
     */
    private void giveUpSignIns(RealmModel realm, String id) {
        AuthenticationSessionModel current = session.getContext().getAuthenticationSession();
        if (current != null && current.getParentSession().getId().equals(id)) {
            return;
        }
        RootAuthenticationSessionModel signIns =
                session.authenticationSessions().getRootAuthenticationSession(realm, id);
        if (signIns != null) {
            session.authenticationSessions().removeRootAuthenticationSession(realm, signIns);
        }
    }

    private static boolean hasTokens(UserSessionModel ended) {
        return ended.getPersistenceState() != SessionPersistenceState.TRANSIENT
                && !ended.getAuthenticatedClientSessions().isEmpty();
    }

    /** A session that is found to have timed out is taken out as well, and its tokens were to outlive it from the start. */
    private boolean hasExpired(RealmModel realm, UserSessionModel ended) {
        long now = clock.millis();
        long idle = SessionExpirationUtils.calculateUserSessionIdleTimestamp(
                ended.isOffline(),
                ended.isRememberMe(),
                TimeUnit.SECONDS.toMillis(ended.getLastSessionRefresh()),
                realm);
        long end = SessionExpirationUtils.calculateUserSessionMaxLifespanTimestamp(
                ended.isOffline(), ended.isRememberMe(), TimeUnit.SECONDS.toMillis(ended.getStarted()), realm);
        return idle <= now || (end != -1 && end <= now);
    }

    /**
     * Whether this only gives way to the offline session of the same id: where a sign-in asks for an offline token alone,
     * its online session is taken out as the token is issued. A logout is another matter.
     */
    private boolean goesOnOffline(RealmModel realm, UserSessionModel ended) {
        return !ended.isOffline()
                && ended.getState() != State.LOGGING_OUT
                && ended.getState() != State.LOGGED_OUT
                && session.sessions().getOfflineUserSession(realm, ended.getId()) != null;
    }
}
