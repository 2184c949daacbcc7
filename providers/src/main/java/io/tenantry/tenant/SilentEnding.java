package io.tenantry.tenant;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Trust that ends where Keycloak tells nobody, as seen by whoever stands closest to it. To be published in the transaction
 * that ends it; what a listener throws fails that.
 */
public sealed interface SilentEnding extends ProviderEvent {
    /** The session whose transaction ends it. */
    KeycloakSession session();

    /** Where. */
    RealmModel realm();

    /** Tells those who listen. */
    default void publish() {
        session().getKeycloakSessionFactory().publish(this);
    }

    /** An authorization code came twice, and Keycloak ended what had been issued for it. */
    record CodeReused(KeycloakSession session, RealmModel realm, UserModel user, ClientModel client)
            implements SilentEnding {}

    /** An admin disabled the user's passwords. */
    record PasswordDisabled(KeycloakSession session, RealmModel realm, UserModel user) implements SilentEnding {}

    /** An identity provider is no longer the organization's. */
    record ProviderUnlinked(KeycloakSession session, RealmModel realm, OrganizationModel organization)
            implements SilentEnding {}
}
