package io.tenantry.brokering;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** The authenticator {@value #ID}, for first-broker-login flows, before {@code idp-create-user-if-unique}. */
public final class TenantLinkGuardFactory implements AuthenticatorFactory {
    /** The public id. */
    public static final String ID = "tenant-link-guard";

    private static final Requirement[] REQUIRED_OR_NOT = {Requirement.REQUIRED, Requirement.DISABLED};

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new TenantLinkGuard();
    }

    /** No message key, as for the help text: the console shows both as they are in a flow. */
    @Override
    public String getDisplayType() {
        return "Tenantry: link guard";
    }

    @Override
    public String getReferenceCategory() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "Put before \"Create User If Unique\". Lets an identity go on only if its address is still one "
                + "that the provider vouched for, and if every existing account with that address or name is a "
                + "member of the provider's organization and of no other, has a verified email and no role of "
                + "realm management.";
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIRED_OR_NOT.clone();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        LinkedAccounts.watch(factory);
    }

    @Override
    public void close() {
        // Holds nothing
    }
}
