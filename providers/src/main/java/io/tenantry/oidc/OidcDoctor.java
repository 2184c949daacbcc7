package io.tenantry.oidc;

import io.tenantry.brokering.UnusableSettings;
import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.tenant.Tenants;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;

/** Looks at the tenants' OpenID providers: signatures, issuer, settings of the rules. */
public final class OidcDoctor implements DoctorCheck {

    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        Tenants tenants = new Tenants(session);
        List<IdentityProviderModel> providers = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(provider -> TenantOidcRulesMapper.PROVIDERS.contains(provider.getProviderId()))
                .filter(provider -> tenants.ofIdentityProvider(provider).isPresent())
                .toList();
        return providers.stream()
                .flatMap(provider -> Stream.concat(
                        unusable(
                                provider.getAlias(),
                                session.identityProviders()
                                        .getMappersByAliasStream(provider.getAlias())
                                        .toList()),
                        OidcProviderRules.check(facts(provider))));
    }

    private static Stream<Finding> unusable(String provider, List<IdentityProviderMapperModel> mappers) {
        return mappers.stream()
                .filter(mapper -> TenantOidcRulesMapper.ID.equals(mapper.getIdentityProviderMapper()))
                .flatMap(mapper -> UnusableSettings.of(provider, TenantOidcRulesMapper.ID, () -> {
                    TenantOidcRulesMapper.settings(mapper);
                    TenantOidcRulesMapper.emailClaims(mappers.stream());
                }));
    }

    private static OidcFacts facts(IdentityProviderModel model) {
        OIDCIdentityProviderConfig provider = new OIDCIdentityProviderConfig(model);
        String issuer = provider.getIssuer();
        return new OidcFacts(model.getAlias(), issuer != null && !issuer.isBlank(), provider.isValidateSignature());
    }
}
