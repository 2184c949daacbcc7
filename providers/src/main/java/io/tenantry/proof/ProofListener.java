package io.tenantry.proof;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Has each session remember how it was proven, in the transaction of the sign-in that proved it; and each password that
 * a user storage keeps, where no table of Keycloak's sees it change, whom it counts for.
 */
record ProofListener(KeycloakSession session) implements EventListenerProvider {
    private static final Pattern PASSWORD_PATH = Pattern.compile("users/([^/]+)/reset-password");

    @Override
    public void onEvent(Event event) {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null || !concerns(realm, event.getRealmId(), event.getError())) {
            return;
        }
        if (event.getType() == EventType.LOGIN && event.getSessionId() != null) {
            UserSessionModel signedIn = session.sessions().getUserSession(realm, event.getSessionId());
            // A grant that asks for an offline token alone leaves none
            if (signedIn != null) {
                new SessionProofs(session).signedIn(signedIn);
            }
        }
        if (event.getType() == EventType.UPDATE_CREDENTIAL
                && event.getDetails() != null
                && PasswordCredentialModel.TYPE.equals(event.getDetails().get(Details.CREDENTIAL_TYPE))) {
            passwordSet(realm, event.getUserId());
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null || !concerns(realm, event.getRealmId(), event.getError())) {
            return;
        }
        Matcher password = PASSWORD_PATH.matcher(String.valueOf(event.getResourcePath()));
        if (password.matches()) {
            passwordSet(realm, password.group(1));
        }
    }

    private static boolean concerns(RealmModel realm, @Nullable String realmId, @Nullable String error) {
        return realm.isOrganizationsEnabled() && realm.getId().equals(realmId) && error == null;
    }

    private void passwordSet(RealmModel realm, @Nullable String userId) {
        UserModel user = userId == null ? null : session.users().getUserById(realm, userId);
        if (user != null && user.isFederated()) {
            new AccountChanges(session)
                    .setCredential(
                            realm,
                            user,
                            VouchedCredentials.idOf(PasswordCredentialModel.TYPE, user),
                            PasswordCredentialModel.TYPE);
        }
    }

    @Override
    public void close() {}
}
