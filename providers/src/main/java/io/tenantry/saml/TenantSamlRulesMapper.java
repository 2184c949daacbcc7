package io.tenantry.saml;

import io.tenantry.brokering.ConsoleSettings;
import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.Outcome;
import io.tenantry.brokering.Rule;
import io.tenantry.brokering.SignIn;
import io.tenantry.brokering.TenantMapper;
import io.tenantry.brokering.VouchingSettings;
import io.tenantry.proof.SignInCondition;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.time.ServerClock;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The identity provider mapper {@value #ID}: at every SAML login, before anything is written, checks that the provider
 * vouches for its own tenant's people only.
 */
public final class TenantSamlRulesMapper extends TenantMapper implements SignInCondition {
    /** The public id. */
    public static final String ID = "tenant-saml-rules";

    private static final Logger LOG = Logger.getLogger(TenantSamlRulesMapper.class);

    private static final List<ProviderConfigProperty> PROPERTIES = new ConsoleSettings("tenantrySaml")
            .flag(VouchingSettings.Keys.TENANT_BINDING, VouchingSettings.Defaults.TENANT_BINDING)
            .flag(VouchingSettings.Keys.EMAIL_DOMAINS_ENFORCED, VouchingSettings.Defaults.EMAIL_DOMAINS_ENFORCED)
            .list(VouchingSettings.Keys.EMAIL_DOMAINS)
            .list(SamlRuleSettings.EMAIL_ATTRIBUTES)
            .table(SamlRuleSettings.REQUIRED_ATTRIBUTES)
            .list(SamlRuleSettings.NAME_ID_FORMATS)
            .list(SamlRuleSettings.AUTHN_CONTEXTS)
            .number(SamlRuleSettings.AUTHN_MAX_AGE)
            .flag(SamlRuleSettings.CONDITIONS_REQUIRED, SamlRuleSettings.CONDITIONS_REQUIRED_DEFAULT)
            .flag(SamlRuleSettings.ASSERTION_SIGNED, SamlRuleSettings.ASSERTION_SIGNED_DEFAULT)
            .flag(SamlRuleSettings.RESPONSE_SIGNED, SamlRuleSettings.RESPONSE_SIGNED_DEFAULT)
            .list(SamlRuleSettings.PINS)
            .flag(SamlRuleSettings.IDP_INITIATED_ALLOWED, SamlRuleSettings.IDP_INITIATED_ALLOWED_DEFAULT)
            .flag(SamlRuleSettings.ASSERTION_ONCE, SamlRuleSettings.ASSERTION_ONCE_DEFAULT)
            .flag(VouchingSettings.Keys.UNKNOWN_USERS_ALLOWED, VouchingSettings.Defaults.UNKNOWN_USERS_ALLOWED)
            .flag(VouchingSettings.Keys.PROFILE_EDITS_FORBIDDEN, VouchingSettings.Defaults.PROFILE_EDITS_FORBIDDEN)
            .text(VouchingSettings.Keys.CONTACT)
            .toList();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {SAMLIdentityProviderFactory.PROVIDER_ID};
    }

    /** No message key, as for the help text: the console shows both as they are on a mapper's own page. */
    @Override
    public String getDisplayType() {
        return "Tenantry: SAML rules";
    }

    @Override
    public String getHelpText() {
        return "Checks at every login, before anything is written, that this identity provider vouches "
                + "for the people of its own organization only, and under the rules below. A rejected user "
                + "sees a page with a reference; the same reference is in an event "
                + "IDENTITY_PROVIDER_LOGIN_ERROR.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return PROPERTIES;
    }

    @Override
    public void requireUsable(IdentityProviderMapperModel mapper) {
        settings(mapper);
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        SamlRuleSettings settings;
        SamlReader reader;
        try {
            settings = settings(mapper);
            reader = new SamlReader(session, identity, settings);
        } catch (InvalidSettingException e) {
            throw unusable(session, mapper, identity, e);
        }
        Outcome outcome = decide(session, settings, identity, reader);
        if (outcome.equals(new Outcome.Rejected(Rule.BINDING))) {
            LOG.errorf(
                    "Identity provider %s answered over the artifact binding, where signatures cannot be checked; have"
                            + " it answer over HTTP-POST, or switch off %s and %s and leave %s empty to trust the"
                            + " connection alone",
                    identity.getIdpConfig().getAlias(),
                    SamlRuleSettings.ASSERTION_SIGNED,
                    SamlRuleSettings.RESPONSE_SIGNED,
                    SamlRuleSettings.PINS);
        }
        new SignIn(session, identity).proceed(outcome, settings.vouching(), reader.emails());
    }

    private static SamlRuleSettings settings(IdentityProviderMapperModel mapper) {
        return SamlRuleSettings.of(MapperConfig.of(mapper));
    }

    private static Outcome decide(
            KeycloakSession session, SamlRuleSettings settings, BrokeredIdentityContext identity, SamlReader reader) {
        try {
            return new SamlRules(
                            settings,
                            ServerClock.INSTANCE,
                            new ReplayCache(session, identity.getIdpConfig().getInternalId()))
                    .check(reader.evidence());
        } catch (InvalidSettingException e) {
            LOG.errorf("Identity provider %s: %s", identity.getIdpConfig().getAlias(), e.getMessage());
            return new Outcome.Rejected(Rule.SETTINGS);
        }
    }
}
