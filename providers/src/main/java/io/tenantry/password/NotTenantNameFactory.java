package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/** {@value RuleIds#NOT_TENANT_NAME}: a password must not contain the words of {@link LenderNames}. */
public final class NotTenantNameFactory extends OwnPolicyFactory {
    static final String MESSAGE = "tenantryNotTenantNameMessage";

    public NotTenantNameFactory() {
        super(RuleIds.NOT_TENANT_NAME, "Not Contains Tenant Name", null, null);
    }

    @Override
    public PasswordPolicyProvider create(KeycloakSession session) {
        return new OwnPolicy() {
            @Override
            @Nullable PolicyError validate(@Nullable UserModel user, @Nullable String username, String password) {
                return LendersInQuestion.names(session, user, username).in(password) ? new PolicyError(MESSAGE) : null;
            }

            @Override
            public @Nullable Object parseConfig(@Nullable String value) {
                return null;
            }
        };
    }
}
