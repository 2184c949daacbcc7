package io.tenantry.token;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Wires the step of a login flow that lets users go on only for a tenant of theirs. It belongs last in the flow. */
public final class TenantAccessAuthenticatorFactory implements AuthenticatorFactory {
    /** The id under which a flow names it. */
    public static final String ID = "tenant-access";

    private static final Requirement[] REQUIREMENTS = {Requirement.REQUIRED, Requirement.DISABLED};

    @Override
    public Authenticator create(KeycloakSession session) {
        return new TenantAccessAuthenticator(session);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Tenant access";
    }

    @Override
    public String getReferenceCategory() {
        return "tenant";
    }

    @Override
    public String getHelpText() {
        return "Lets a user go on only for a tenant that the user is in, signed in the way that the tenant demands."
                + " Put it last, after the steps that find out who the user is.";
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENTS.clone();
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
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
