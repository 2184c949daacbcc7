package io.tenantry.oidc;

import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.RequiredAttributes;
import io.tenantry.brokering.VouchingSettings;
import io.tenantry.settings.InvalidSettingException;

/**
 * The settings of {@value TenantOidcRulesMapper#ID}.
 *
 * @param vouching those that every protocol has
 * @param emailVerifiedRequired whether the provider must have verified every address that it asserts
 */
record OidcRuleSettings(VouchingSettings vouching, boolean emailVerifiedRequired) {
    static final String EMAIL_VERIFIED_REQUIRED = "email.verified.required";
    static final String REQUIRED_CLAIMS = "claims.required";
    static final String ACR_VALUES = "acr.values";
    static final String AUTH_MAX_AGE = "auth.max.age";

    static final boolean EMAIL_VERIFIED_REQUIRED_DEFAULT = true;

    /**
     * Reads a mapper's configuration.
     *
     * @throws InvalidSettingException naming the first setting that cannot be used
     */
    static OidcRuleSettings of(MapperConfig config) {
        return new OidcRuleSettings(
                VouchingSettings.of(
                        config,
                        RequiredAttributes.of(REQUIRED_CLAIMS, config.table(REQUIRED_CLAIMS)),
                        config.set(ACR_VALUES),
                        config.seconds(AUTH_MAX_AGE)),
                config.flag(EMAIL_VERIFIED_REQUIRED, EMAIL_VERIFIED_REQUIRED_DEFAULT));
    }
}
