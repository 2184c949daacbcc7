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

    @Override
    public String getDisplayType() {
        return "tenantryReviewProfile";
    }

    @Override
    public String getHelpText() {
        return "tenantryReviewProfileHelp";
    }
}
