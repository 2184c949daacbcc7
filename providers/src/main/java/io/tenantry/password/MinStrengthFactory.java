package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PasswordPolicyConfigException;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/** {@value RuleIds#MIN_STRENGTH}: how hard a password must at least be to guess, from 0 to 4 as zxcvbn counts. */
public final class MinStrengthFactory extends OwnPolicyFactory {
    static final String MESSAGE = "tenantryMinStrengthMessage";
    static final int DEFAULT = 3;

    public MinStrengthFactory() {
        super(
                RuleIds.MIN_STRENGTH,
                "Minimum Strength (0-4)",
                PasswordPolicyProvider.INT_CONFIG_TYPE,
                Integer.toString(DEFAULT));
    }

    @Override
    public PasswordPolicyProvider create(KeycloakSession session) {
        return new OwnPolicy() {
            @Override
            @Nullable PolicyError validate(@Nullable UserModel user, @Nullable String username, String password) {
                int min = session.getContext().getRealm().getPasswordPolicy().getPolicyConfig(RuleIds.MIN_STRENGTH);
                LenderNames known = LendersInQuestion.names(session, user, username);
                return Strength.of(password, known.words()) < min ? new PolicyError(MESSAGE, min) : null;
            }

            @Override
            public Object parseConfig(@Nullable String value) {
                int min = parseInteger(value, DEFAULT);
                if (min < 0 || min > Strength.MAX) {
                    throw new PasswordPolicyConfigException("Write a strength from 0 to " + Strength.MAX);
                }
                return min;
            }
        };
    }
}
