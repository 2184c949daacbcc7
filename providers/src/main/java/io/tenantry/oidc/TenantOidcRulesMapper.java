package io.tenantry.oidc;

import io.tenantry.brokering.ConsoleSettings;
import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.Outcome;
import io.tenantry.brokering.SignIn;
import io.tenantry.brokering.TenantMapper;
import io.tenantry.brokering.VouchingSettings;
import io.tenantry.proof.SignInCondition;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.time.ServerClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProvider;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.mappers.AbstractClaimMapper;
import org.keycloak.broker.oidc.mappers.UserAttributeMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.util.JsonSerialization;

/**
 * The identity provider mapper {@value #ID}: what {@code tenant-saml-rules} is for SAML, as far as OpenID Connect has
 * the same questions.
 */
public final class TenantOidcRulesMapper extends TenantMapper implements SignInCondition {
    /** The public id. */
    public static final String ID = "tenant-oidc-rules";

    static final Set<String> PROVIDERS =
            Set.of(OIDCIdentityProviderFactory.PROVIDER_ID, KeycloakOIDCIdentityProviderFactory.PROVIDER_ID);

    private static final List<ProviderConfigProperty> PROPERTIES = new ConsoleSettings("tenantryOidc")
            .flag(VouchingSettings.Keys.TENANT_BINDING, VouchingSettings.Defaults.TENANT_BINDING)
            .flag(VouchingSettings.Keys.EMAIL_DOMAINS_ENFORCED, VouchingSettings.Defaults.EMAIL_DOMAINS_ENFORCED)
            .list(VouchingSettings.Keys.EMAIL_DOMAINS)
            .flag(OidcRuleSettings.EMAIL_VERIFIED_REQUIRED, OidcRuleSettings.EMAIL_VERIFIED_REQUIRED_DEFAULT)
            .table(OidcRuleSettings.REQUIRED_CLAIMS)
            .list(OidcRuleSettings.ACR_VALUES)
            .number(OidcRuleSettings.AUTH_MAX_AGE)
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
        return PROVIDERS.toArray(String[]::new);
    }

    /** No message key, as for the help text: the console shows both as they are on a mapper's own page. */
    @Override
    public String getDisplayType() {
        return "Tenantry: OpenID Connect rules";
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
        try {
            check(session, mapper, identity);
        } catch (InvalidSettingException e) {
            throw unusable(session, mapper, identity, e);
        }
    }

    private static void check(
            KeycloakSession session, IdentityProviderMapperModel mapper, BrokeredIdentityContext identity) {
        OidcRuleSettings settings = settings(mapper);
        AssertedClaims claims = claims(identity.getContextData());
        Set<String> emailClaims = emailClaims(session.identityProviders()
                .getMappersByAliasStream(identity.getIdpConfig().getAlias()));
        Set<String> emails = claims.emails(emailClaims);
        SignIn signIn = new SignIn(session, identity);
        int skew = new OIDCIdentityProviderConfig(identity.getIdpConfig()).getAllowedClockSkew();
        Outcome outcome = new OidcRules(settings, ServerClock.INSTANCE)
                .check(
                        signIn.vouching(emails, claims.texts(), new SignIn.How(claims.acr(), claims.authTime())),
                        claims.unverified(emailClaims),
                        Duration.ofSeconds(skew));
        signIn.proceed(outcome, settings.vouching(), emails);
    }

    private static AssertedClaims claims(Map<String, Object> data) {
        return new AssertedClaims(
                object(data.get(OIDCIdentityProvider.VALIDATED_ID_TOKEN)),
                List.of(
                        object(data.get(KeycloakOIDCIdentityProvider.VALIDATED_ACCESS_TOKEN)),
                        object(data.get(OIDCIdentityProvider.USER_INFO))));
    }

    private static Map<String, ?> object(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        try {
            Map<String, ?> object =
                    JsonSerialization.readValue(JsonSerialization.writeValueAsString(value), Json.class);
            return object;
        } catch (IOException e) {
            throw new UncheckedIOException("the server gave the mapper claims that are not JSON", e);
        }
    }

    /**
     * What its settings say.
     *
     * @throws InvalidSettingException if they cannot be used
     */
    static OidcRuleSettings settings(IdentityProviderMapperModel mapper) {
        return OidcRuleSettings.of(MapperConfig.of(mapper));
    }

    /**
     * Claims that this provider's other mappers import as the email.
     *
     * @throws InvalidSettingException if one sets the email from where the rules cannot look
     */
    static Set<String> emailClaims(Stream<IdentityProviderMapperModel> mappers) {
        Set<String> claims = new HashSet<>();
        mappers.filter(mapper -> UserModel.EMAIL.equalsIgnoreCase(
                        mapper.getConfig().getOrDefault(UserAttributeMapper.USER_ATTRIBUTE, "")))
                .forEach(mapper -> {
                    String claim = mapper.getConfig().getOrDefault(AbstractClaimMapper.CLAIM, "");
                    // A claim inside of another is out of the rules' sight
                    if (!UserAttributeMapper.PROVIDER_ID.equals(mapper.getIdentityProviderMapper())
                            || claim.indexOf('.') >= 0) {
                        throw new InvalidSettingException(
                                "the mapper " + mapper.getName() + ", " + UserAttributeMapper.USER_ATTRIBUTE,
                                UserModel.EMAIL,
                                "only the mapper " + UserAttributeMapper.PROVIDER_ID + " with a top-level claim may set"
                                        + " the address of an identity provider with " + ID);
                    }
                    claims.add(claim);
                });
        return claims;
    }

    /** A JSON object, for the parser. */
    static final class Json extends HashMap<String, Object> {
        private static final long serialVersionUID = 1L;
    }
}
