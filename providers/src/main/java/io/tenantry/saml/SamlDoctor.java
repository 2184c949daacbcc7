package io.tenantry.saml;

import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.UnusableSettings;
import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenants;
import io.tenantry.time.ServerClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;

/** Looks at the tenants' SAML identity providers: signatures, issuer, certificates, roles. */
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
        return providers.stream().flatMap(provider -> {
            List<IdentityProviderMapperModel> mappers = session.identityProviders()
                    .getMappersByAliasStream(provider.getAlias())
                    .toList();
            return Stream.of(
                            mappers.stream().flatMap(mapper -> unusable(provider.getAlias(), mapper, mappers)),
                            rules.check(facts(provider, mappers)),
                            mappers.stream()
                                    .filter(mapper ->
                                            TenantSamlRolesMapper.ID.equals(mapper.getIdentityProviderMapper()))
                                    .flatMap(mapper -> roles(session, tenants, provider, mapper)))
                    .flatMap(found -> found);
        });
    }

    /** Of a table that can be read, as one that cannot is reported already. */
    private static Stream<Finding> roles(
            KeycloakSession session,
            Tenants tenants,
            IdentityProviderModel provider,
            IdentityProviderMapperModel mapper) {
        if (!(tenants.ofIdentityProvider(provider).orElse(null) instanceof OrganizationTenant tenant)) {
            return Stream.empty();
        }
        List<Finding> findings = new ArrayList<>();
        try {
            RoleTable table = TenantSamlRolesMapper.table(mapper);
            OrganizationGroups.in(
                    session,
                    tenant.organization(),
                    groups -> RoleTableRules.check(
                                    "identity provider " + provider.getAlias() + ", mapper " + mapper.getName(),
                                    TenantSamlRolesMapper.attribute(mapper),
                                    table,
                                    path -> groups.at(path).isPresent())
                            .forEach(findings::add));
        } catch (InvalidSettingException unusable) {
            return Stream.empty();
        }
        return findings.stream();
    }

    private static Stream<Finding> unusable(
            String provider, IdentityProviderMapperModel mapper, List<IdentityProviderMapperModel> all) {
        String type = mapper.getIdentityProviderMapper();
        return UnusableSettings.of(provider, type, () -> {
            if (TenantSamlRulesMapper.ID.equals(type)) {
                settings(mapper);
                EmailSources.of(all.stream());
            } else if (TenantSamlRolesMapper.ID.equals(type)) {
                TenantSamlRolesMapper.table(mapper);
            }
        });
    }

    private static SamlRuleSettings settings(IdentityProviderMapperModel mapper) {
        return SamlRuleSettings.of(MapperConfig.of(mapper));
    }

    private static SamlFacts facts(IdentityProviderModel model, List<IdentityProviderMapperModel> mappers) {
        SAMLIdentityProviderConfig provider = new SAMLIdentityProviderConfig(model);
        List<Instant> ends = ProviderCertificates.pasted(provider).stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .toList();
        return new SamlFacts(
                model.getAlias(),
                ruled(mappers) || (provider.isValidateSignature() && provider.isWantAssertionsSigned()),
                present(provider.getIdpEntityId()),
                ends,
                provider.isUseMetadataDescriptorUrl() && present(provider.getMetadataDescriptorUrl()));
    }

    /** Whether rules ask for a signed assertion; those that cannot be used let nobody in, signed or not. */
    private static boolean ruled(List<IdentityProviderMapperModel> mappers) {
        try {
            return mappers.stream()
                    .filter(mapper -> TenantSamlRulesMapper.ID.equals(mapper.getIdentityProviderMapper()))
                    .anyMatch(mapper -> settings(mapper).assertionSigned());
        } catch (InvalidSettingException unusable) {
            return true;
        }
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
