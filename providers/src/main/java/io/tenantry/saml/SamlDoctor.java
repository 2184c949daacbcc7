package io.tenantry.saml;

import io.tenantry.brokering.MapperConfig;
import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.Tenants;
import io.tenantry.time.ServerClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;

/** Looks at the tenants' SAML identity providers: signatures, issuer, certificates. */
public final class SamlDoctor implements DoctorCheck {

    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        Tenants tenants = new Tenants(session);
        SamlProviderRules rules = new SamlProviderRules(ServerClock.INSTANCE);
        List<IdentityProviderModel> providers = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(provider -> SAMLIdentityProviderFactory.PROVIDER_ID.equals(provider.getProviderId()))
                .filter(provider -> tenants.ofIdentityProvider(provider).isPresent())
                .toList();
        return providers.stream().flatMap(provider -> rules.check(facts(session, provider)));
    }

    private static SamlFacts facts(KeycloakSession session, IdentityProviderModel model) {
        SAMLIdentityProviderConfig provider = new SAMLIdentityProviderConfig(model);
        Optional<IdentityProviderMapperModel> mapper = session.identityProviders()
                .getMappersByAliasStream(model.getAlias())
                .filter(candidate -> TenantSamlRulesMapper.ID.equals(candidate.getIdentityProviderMapper()))
                .findFirst();
        String error = null;
        boolean ruled = false;
        if (mapper.isPresent()) {
            try {
                ruled = SamlRuleSettings.of(new MapperConfig(mapper.get().getConfig(), mapper.get()::getConfigMap))
                        .assertionSigned();
            } catch (InvalidSettingException e) {
                error = e.getMessage();
            }
        }
        List<Instant> ends = ProviderCertificates.pasted(provider).stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .toList();
        return new SamlFacts(
                model.getAlias(),
                error,
                ruled || (provider.isValidateSignature() && provider.isWantAssertionsSigned()),
                present(provider.getIdpEntityId()),
                ends,
                provider.isUseMetadataDescriptorUrl() && present(provider.getMetadataDescriptorUrl()));
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
