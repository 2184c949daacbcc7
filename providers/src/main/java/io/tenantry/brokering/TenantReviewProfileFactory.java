package io.tenantry.brokering;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpReviewProfileAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** The authenticator {@value #ID}, to stand where a first-broker-login flow has {@code idp-review-profile}. */
public final class TenantReviewProfileFactory extends IdpReviewProfileAuthenticatorFactory {
    /** The public id. */
    public static final String ID = "tenant-review-profile";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new TenantReviewProfile();
    }

    /** No message key, as for the help text: the console shows both as they are in a flow. */
    @Override
    public String getDisplayType() {
        return "Tenantry: review profile";
    }

    @Override
    public String getHelpText() {
        return "Put in place of \"Review Profile\". The user completes what the identity provider left open, "
                + "and cannot change what it asserted.";
    }
}
