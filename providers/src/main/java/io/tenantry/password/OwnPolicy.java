package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/** One of this pack's own rules: the same question for a user as for somebody who registers. */
abstract class OwnPolicy implements PasswordPolicyProvider {
    abstract @Nullable PolicyError validate(@Nullable UserModel user, @Nullable String username, String password);

    @Override
    public final @Nullable PolicyError validate(RealmModel realm, UserModel user, String password) {
        return validate(user, user.getUsername(), password);
    }

    @Override
    public final @Nullable PolicyError validate(@Nullable String username, String password) {
        return validate(null, username, password);
    }

    @Override
    public void close() {
        // Nothing is held
    }
}
