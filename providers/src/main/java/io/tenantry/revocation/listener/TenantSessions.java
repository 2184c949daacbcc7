package io.tenantry.revocation.listener;

import io.tenantry.tenant.SessionTenants;
import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * Ends what can be told to be one tenant's among the sessions of a user: client sessions that have served it alone, and
 * user sessions that are left with none.
 */
final class TenantSessions {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final TenantId tenant;

    TenantSessions(KeycloakSession session, RealmModel realm, TenantId tenant) {
        this.session = session;
        this.realm = realm;
        this.tenant = tenant;
    }

    /** How many sessions were ended; an offline one counts as one of its own. */
    record Ended(int userSessions, int clientSessions) {
        static final Ended NONE = new Ended(0, 0);

        Ended plus(Ended more) {
            return new Ended(userSessions + more.userSessions, clientSessions + more.clientSessions);
        }
    }

    Ended end(UserModel user) {
        SessionEndings.expect(session);
        // Collected first: ending them changes what the streams read
        return Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .toList()
                .stream()
                .map(this::end)
                .reduce(Ended.NONE, Ended::plus);
    }

    private Ended end(UserSessionModel userSession) {
        List<AuthenticatedClientSessionModel> all =
                List.copyOf(userSession.getAuthenticatedClientSessions().values());
        int ended = 0;
        for (AuthenticatedClientSessionModel each : all) {
            if (SessionTenants.of(each).equals(Set.of(tenant))) {
                each.detachFromUserSession();
                ended++;
            } else {
                SessionTenants.forget(each, tenant);
            }
        }
        if (ended == 0 || ended < all.size()) {
            return new Ended(0, ended);
        }
        if (userSession.isOffline()) {
            session.sessions().removeOfflineUserSession(realm, userSession);
        } else {
            session.sessions().removeUserSession(realm, userSession);
        }
        return new Ended(1, ended);
    }
}
