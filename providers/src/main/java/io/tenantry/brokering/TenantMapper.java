package io.tenantry.brokering;

import io.tenantry.settings.InvalidSettingException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPageException;

/**
 * An identity provider mapper of ours: listed in one category of the console, at home in every sync mode, and a first
 * sign-in that it lets through makes the user a member of the provider's tenant.
 */
public abstract class TenantMapper extends AbstractIdentityProviderMapper {
    private static final Set<IdentityProviderSyncMode> ALL_MODES = Set.of(IdentityProviderSyncMode.values());

    @Override
    public final String getDisplayCategory() {
        return "tenantryCategory";
    }

    @Override
    public final boolean supportsSyncMode(IdentityProviderSyncMode syncMode) {
        return ALL_MODES.contains(syncMode);
    }

    /**
     * Reads a mapper's settings.
     *
     * @throws InvalidSettingException if they cannot be used
     */
    public abstract void requireUsable(IdentityProviderMapperModel mapper);

    @Override
    public void importNewUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        SignIn signIn = new SignIn(session, identity);
        signIn.tenant().ifPresent(tenant -> signIn.join(tenant, user));
    }

    /** Ends a sign-in because the mapper's settings cannot be used: the log says which, the page and the event that. */
    protected final ErrorPageException unusable(
            KeycloakSession session,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity,
            InvalidSettingException problem) {
        Logger.getLogger(getClass())
                .errorf(
                        "Mapper %s of identity provider %s: %s",
                        mapper.getName(), identity.getIdpConfig().getAlias(), problem.getMessage());
        return new Rejections(session)
                .reject(Rule.SETTINGS, identity.getIdpConfig(), identity.getAuthenticationSession(), "");
    }
}
