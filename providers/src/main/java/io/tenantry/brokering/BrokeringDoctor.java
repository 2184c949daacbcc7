package io.tenantry.brokering;

import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.tenant.Tenants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationDomainModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/** Looks at how the tenants' identity providers sign people in, and at what domains the tenants claim. */
public final class BrokeringDoctor implements DoctorCheck {
    private static final Map<String, String> RULES_BY_PROTOCOL = Map.of(
            "saml", "tenant-saml-rules",
            "oidc", "tenant-oidc-rules",
            "keycloak-oidc", "tenant-oidc-rules");
    private static final int MAX_DEPTH = 10;

    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        Tenants tenants = new Tenants(session);
        if (!tenants.shared()) {
            return Stream.empty();
        }
        Map<String, Collection<String>> domains = new HashMap<>();
        session.getProvider(OrganizationProvider.class)
                .getAllStream()
                .forEach(organization -> domains.computeIfAbsent(organization.getAlias(), alias -> new ArrayList<>())
                        .addAll(organization
                                .getDomains()
                                .map(OrganizationDomainModel::getName)
                                .toList()));
        List<Finding> findings = new ArrayList<>();
        for (IdentityProviderModel provider : session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .toList()) {
            tenants.ofIdentityProvider(provider).ifPresent(tenant -> {
                ProviderFacts facts = facts(session, provider);
                String rules = RULES_BY_PROTOCOL.get(provider.getProviderId());
                ProviderRules.check(facts, rules == null ? List.copyOf(RULES_BY_PROTOCOL.values()) : List.of(rules))
                        .forEach(findings::add);
                domains.computeIfAbsent(tenant.id().value(), alias -> new ArrayList<>())
                        .addAll(ruledDomains(session, provider));
            });
        }
        return Stream.concat(findings.stream(), DomainRules.check(domains));
    }

    private static ProviderFacts facts(KeycloakSession session, IdentityProviderModel provider) {
        RealmModel realm = session.getContext().getRealm();
        List<String> mappers = session.identityProviders()
                .getMappersByAliasStream(provider.getAlias())
                .map(IdentityProviderMapperModel::getIdentityProviderMapper)
                .toList();
        AuthenticationFlowModel flow = Optional.ofNullable(provider.getFirstBrokerLoginFlowId())
                .map(realm::getAuthenticationFlowById)
                .orElseGet(realm::getFirstBrokerLoginFlow);
        return new ProviderFacts(
                provider.getAlias(),
                mappers,
                flow == null ? "none" : flow.getAlias(),
                flow == null ? List.of() : steps(realm, flow.getId(), 0).toList());
    }

    private static Stream<String> steps(RealmModel realm, String flow, int depth) {
        return realm.getAuthenticationExecutionsStream(flow)
                .filter(step -> !step.isDisabled())
                .flatMap(step -> step(realm, step, depth));
    }

    private static Stream<String> step(RealmModel realm, AuthenticationExecutionModel step, int depth) {
        if (step.isAuthenticatorFlow()) {
            return depth < MAX_DEPTH ? steps(realm, step.getFlowId(), depth + 1) : Stream.empty();
        }
        return Stream.ofNullable(step.getAuthenticator());
    }

    private static List<String> ruledDomains(KeycloakSession session, IdentityProviderModel provider) {
        return session.identityProviders()
                .getMappersByAliasStream(provider.getAlias())
                .filter(mapper -> RULES_BY_PROTOCOL.containsValue(mapper.getIdentityProviderMapper()))
                .map(IdentityProviderMapperModel::getConfig)
                .filter(Objects::nonNull)
                .flatMap(config ->
                        new MapperConfig(config, key -> Map.of()).list(VouchingSettings.Keys.EMAIL_DOMAINS).stream())
                .toList();
    }
}
