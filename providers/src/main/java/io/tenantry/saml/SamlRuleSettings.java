package io.tenantry.saml;

import io.tenantry.brokering.EmailDomains;
import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.RequiredAttributes;
import io.tenantry.brokering.VouchingSettings;
import io.tenantry.settings.InvalidSettingException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings of {@value TenantSamlRulesMapper#ID}.
 *
 * @param vouching those that every protocol has
 * @param emailAttributes attributes that hold addresses, beside those that Keycloak reads itself
 * @param nameIdFormats the allowed ones; none for all
 * @param conditionsRequired whether conditions, audience and bearer confirmation must be there
 * @param assertionSigned whether the assertion must be signed
 * @param responseSigned whether the response must be
 * @param pins SHA-256 thumbprints, in lower-case hex, of the only certificates that count; none for the provider's own
 * @param idpInitiatedAllowed whether a response that nobody asked for lets in
 * @param assertionOnce whether an assertion works once
 */
record SamlRuleSettings(
        VouchingSettings vouching,
        Set<String> emailAttributes,
        Set<String> nameIdFormats,
        boolean conditionsRequired,
        boolean assertionSigned,
        boolean responseSigned,
        Set<String> pins,
        boolean idpInitiatedAllowed,
        boolean assertionOnce) {

    static final String EMAIL_ATTRIBUTES = "email.attributes";
    static final String REQUIRED_ATTRIBUTES = "attributes.required";
    static final String NAME_ID_FORMATS = "nameid.formats";
    static final String AUTHN_CONTEXTS = "authncontext.classes";
    static final String AUTHN_MAX_AGE = "authn.max.age";
    static final String CONDITIONS_REQUIRED = "conditions.required";
    static final String ASSERTION_SIGNED = "assertion.signed";
    static final String RESPONSE_SIGNED = "response.signed";
    static final String PINS = "signature.thumbprints";
    static final String IDP_INITIATED_ALLOWED = "idp.initiated.allowed";
    static final String ASSERTION_ONCE = "assertion.once";

    static final boolean CONDITIONS_REQUIRED_DEFAULT = true;
    static final boolean ASSERTION_SIGNED_DEFAULT = true;
    static final boolean RESPONSE_SIGNED_DEFAULT = false;
    static final boolean IDP_INITIATED_ALLOWED_DEFAULT = false;
    static final boolean ASSERTION_ONCE_DEFAULT = true;

    private static final Pattern THUMBPRINT = Pattern.compile("[0-9a-f]{64}");

    SamlRuleSettings {
        emailAttributes = Set.copyOf(emailAttributes);
        nameIdFormats = Set.copyOf(nameIdFormats);
        pins = Set.copyOf(pins);
    }

    /**
     * Reads a mapper's configuration.
     *
     * @throws InvalidSettingException naming the first setting that cannot be used
     */
    static SamlRuleSettings of(MapperConfig config) {
        return new SamlRuleSettings(
                new VouchingSettings(
                        config.flag(VouchingSettings.Keys.TENANT_BINDING, VouchingSettings.Defaults.TENANT_BINDING),
                        config.flag(
                                VouchingSettings.Keys.EMAIL_DOMAINS_ENFORCED,
                                VouchingSettings.Defaults.EMAIL_DOMAINS_ENFORCED),
                        EmailDomains.of(
                                VouchingSettings.Keys.EMAIL_DOMAINS, config.list(VouchingSettings.Keys.EMAIL_DOMAINS)),
                        RequiredAttributes.of(REQUIRED_ATTRIBUTES, config.table(REQUIRED_ATTRIBUTES)),
                        config.set(AUTHN_CONTEXTS),
                        config.seconds(AUTHN_MAX_AGE),
                        config.flag(
                                VouchingSettings.Keys.UNKNOWN_USERS_ALLOWED,
                                VouchingSettings.Defaults.UNKNOWN_USERS_ALLOWED),
                        config.flag(
                                VouchingSettings.Keys.PROFILE_EDITS_FORBIDDEN,
                                VouchingSettings.Defaults.PROFILE_EDITS_FORBIDDEN),
                        config.text(VouchingSettings.Keys.CONTACT)),
                config.set(EMAIL_ATTRIBUTES),
                config.set(NAME_ID_FORMATS),
                config.flag(CONDITIONS_REQUIRED, CONDITIONS_REQUIRED_DEFAULT),
                config.flag(ASSERTION_SIGNED, ASSERTION_SIGNED_DEFAULT),
                config.flag(RESPONSE_SIGNED, RESPONSE_SIGNED_DEFAULT),
                config.list(PINS).stream().map(SamlRuleSettings::pin).collect(Collectors.toUnmodifiableSet()),
                config.flag(IDP_INITIATED_ALLOWED, IDP_INITIATED_ALLOWED_DEFAULT),
                config.flag(ASSERTION_ONCE, ASSERTION_ONCE_DEFAULT));
    }

    private static String pin(String text) {
        String hex = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!THUMBPRINT.matcher(hex).matches()) {
            throw new InvalidSettingException(
                    PINS, text, "write the certificate's SHA-256 thumbprint: 64 hex digits, colons allowed");
        }
        return hex;
    }
}
