package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.policy.PasswordPolicyProviderFactory;

/** What the factories of this pack's own rules have in common; each says what the console shows. */
abstract class OwnPolicyFactory implements PasswordPolicyProviderFactory {
    private final String id;
    private final String displayName;
    private final @Nullable String configType;
    private final @Nullable String defaultValue;

    OwnPolicyFactory(String id, String displayName, @Nullable String configType, @Nullable String defaultValue) {
        this.id = id;
        this.displayName = displayName;
        this.configType = configType;
        this.defaultValue = defaultValue;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getDisplayName() {
        return displayName;
    }

    /** Null makes the console show a mere switch. */
    @Override
    public final @Nullable String getConfigType() {
        return configType;
    }

    @Override
    public final @Nullable String getDefaultConfigValue() {
        return defaultValue;
    }

    @Override
    public final boolean isMultiplSupported() {
        return false;
    }

    @Override
    public void init(Config.Scope config) {
        // Most have no server options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to wait for
    }

    @Override
    public void close() {
        // Nothing is held
    }
}
