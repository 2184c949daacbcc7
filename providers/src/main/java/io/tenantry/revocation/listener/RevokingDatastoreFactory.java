package io.tenantry.revocation.listener;

import io.tenantry.tenant.RequestStart;
import io.tenantry.time.ServerClock;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.datastore.DefaultDatastoreProvider;
import org.keycloak.storage.datastore.DefaultDatastoreProviderFactory;

/** Takes the place of stock's datastore, to see when a request begins and which sessions end: docs/decisions/0011-session-endings.md says why. */
public final class RevokingDatastoreFactory extends DefaultDatastoreProviderFactory {
    @Override
    public DatastoreProvider create(KeycloakSession session) {
        // Whatever the session reads, it reads through this
        RequestStart.note(session, ServerClock.INSTANCE);
        return new Datastore(this, session);
    }

    @Override
    public int order() {
        return super.order() + 1;
    }

    private static final class Datastore extends DefaultDatastoreProvider {
        private final KeycloakSession session;
        private @Nullable UserSessionProvider sessions;

        private Datastore(DefaultDatastoreProviderFactory factory, KeycloakSession session) {
            super(factory, session);
            this.session = session;
        }

        @Override
        public UserSessionProvider userSessions() {
            UserSessionProvider observed = sessions;
            if (observed == null) {
                observed =
                        ObservedSessions.over(super.userSessions(), new SessionEndings(session, ServerClock.INSTANCE));
                sessions = observed;
            }
            return observed;
        }
    }
}
