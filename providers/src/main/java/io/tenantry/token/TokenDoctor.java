package io.tenantry.token;

import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.HostPattern;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.saml.SamlProtocol;

/**
 * Looks at what makes tokens be for one tenant each: clients, login flows, and what tenants demand. A realm without
 * organizations is looked at if it is named as a tenant's own or any client of it has our mapper.
 */
public final class TokenDoctor implements DoctorCheck {
    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        Tenants tenants = new Tenants(session);
        // Keycloak's own clients get tokens for Keycloak itself, which asks for no tenant
        List<ClientModel> all = realm.getClientsStream()
                .filter(client -> client.isEnabled()
                        && !client.isBearerOnly()
                        && !Constants.defaultClients.contains(client.getClientId()))
                .toList();
        List<ClientModel> models = all.stream()
                .filter(client -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol()))
                .toList();
        List<ClientModel> bySaml = all.stream()
                .filter(client -> SamlProtocol.LOGIN_PROTOCOL.equals(client.getProtocol()))
                .toList();
        List<ClientSetup> clients = models.stream().map(TokenDoctor::setup).toList();
        List<ClientSetup> samlClients = bySaml.stream().map(TokenDoctor::setup).toList();
        if (!tenants.shared()
                && !tenants.switchedOff()
                && !named(realm)
                && Stream.of(clients, samlClients).flatMap(List::stream).noneMatch(ClientSetup::concerned)) {
            return Stream.empty();
        }
        ClientSetupRules clientRules = new ClientSetupRules(
                tenants.shared(),
                tenant -> tenants.byId(tenant).isPresent(),
                clientId -> realm.getClientByClientId(clientId) != null);
        ReservedNamesRules reservedNames = new ReservedNamesRules(ReservedNames.of(realm));
        SamlClientSetupRules samlRules = new SamlClientSetupRules(
                tenants.shared(),
                TenantSamlClient.inUse(realm),
                clientId -> realm.getClientByClientId(clientId) != null);
        WrittenTenantsRules writtenTenants =
                new WrittenTenantsRules(tenant -> tenants.byId(tenant).isPresent());
        Stream<Finding> ofClients = Stream.of(
                        clients.stream().flatMap(clientRules::check),
                        clients.stream().flatMap(reservedNames::check),
                        samlClients.stream().flatMap(samlRules::check),
                        samlClients.stream().filter(client -> tenants.shared()).flatMap(writtenTenants::check),
                        samlClients.stream().filter(ClientSetup::toldBySaml).flatMap(reservedNames::check))
                .flatMap(found -> found);
        Stream<Finding> ofRealm = new TokenLifeRules(models.stream().anyMatch(ClientModel::isImplicitFlowEnabled))
                .check(realm.getAccessTokenLifespan(), realm.getAccessTokenLifespanForImplicitFlow());
        return Stream.of(
                        ofClients,
                        ofRealm,
                        SwitchedOffRules.check(tenants.switchedOff()),
                        tenants.shared()
                                ? ofTenants(session, realm, models, bySaml)
                                : OwnRealmRules.check(realm.getAttribute(RealmTenant.TENANT_ID_ATTRIBUTE)))
                .flatMap(found -> found);
    }

    private static boolean named(RealmModel realm) {
        String own = realm.getAttribute(RealmTenant.TENANT_ID_ATTRIBUTE);
        return own != null && !own.isBlank();
    }

    private static ClientSetup setup(ClientModel client) {
        return new ClientSetup(
                client.getClientId(),
                TenantMappers.alwaysPassed(client).toList(),
                client.getClientScopes(false).values().stream()
                        .flatMap(ClientScopeModel::getProtocolMappersStream)
                        .toList(),
                Boolean.parseBoolean(client.getAttribute(Constants.USE_LIGHTWEIGHT_ACCESS_TOKEN_ENABLED)),
                client.isFullScopeAllowed(),
                client.getAttributes().entrySet().stream()
                        .filter(attribute -> attribute.getValue() != null)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Stream<Finding> ofTenants(
            KeycloakSession session, RealmModel realm, List<ClientModel> clients, List<ClientModel> bySaml) {
        List<IdentityProviderModel> providers = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(IdentityProviderModel::isEnabled)
                .toList();
        List<TenantSetup> tenants = session.getProvider(OrganizationProvider.class)
                .getAllStream()
                .map(organization -> setup(organization, providers))
                .toList();
        List<ClientModel> concerned =
                clients.stream().filter(TenantMappers::concern).toList();
        List<ClientModel> signedInTo = Stream.concat(
                        concerned.stream(),
                        bySaml.stream().filter(client -> setup(client).toldBySaml()))
                .toList();
        Collection<LoginFlow> browser = flows(
                realm,
                signedInTo,
                ClientModel::isStandardFlowEnabled,
                AuthenticationFlowBindings.BROWSER_BINDING,
                realm.getBrowserFlow());
        Collection<LoginFlow> directGrant = flows(
                realm,
                concerned,
                ClientModel::isDirectAccessGrantsEnabled,
                AuthenticationFlowBindings.DIRECT_GRANT_BINDING,
                realm.getDirectGrantFlow());
        List<Finding> findings = new ArrayList<>();
        boolean hosts = hosts(realm, findings);
        TenantSetupRules rules = new TenantSetupRules(
                browser.stream().mapToInt(LoginFlow::highestLevel).max().orElse(0), hosts);
        tenants.stream().flatMap(rules::check).forEach(findings::add);
        LoginFlowRules.check(new LoginFlowRules.Facts(
                        reliedOn(tenants, hosts), browser, directGrant, afterProvider(realm, providers)))
                .forEach(findings::add);
        return findings.stream();
    }

    private static TenantSetup setup(OrganizationModel organization, List<IdentityProviderModel> providers) {
        Map<String, List<String>> attributes = organization.getAttributes();
        return new TenantSetup(
                organization.getAlias(),
                first(attributes, LoginDemand.IDENTITY_PROVIDER),
                first(attributes, LoginDemand.LEVEL),
                providers.stream()
                        .filter(provider -> organization.getId().equals(provider.getOrganizationId()))
                        .map(IdentityProviderModel::getAlias)
                        .collect(Collectors.toSet()));
    }

    private static @Nullable String first(Map<String, List<String>> attributes, String name) {
        return attributes.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
    }

    private static boolean hosts(RealmModel realm, List<Finding> findings) {
        try {
            return HostPattern.parse(realm.getAttribute(HostPattern.ATTRIBUTE)).isPresent();
        } catch (InvalidSettingException e) {
            findings.add(Finding.error(
                    "host-pattern-unusable",
                    "Nobody can sign in: " + e.getMessage() + ".",
                    "realm attribute " + HostPattern.ATTRIBUTE,
                    "Mend the attribute or remove it."));
            return true;
        }
    }

    private static List<String> reliedOn(List<TenantSetup> tenants, boolean hosts) {
        Stream<String> demands = tenants.stream()
                .filter(TenantSetup::demands)
                .map(tenant -> "what " + tenant.where() + " demands of a login");
        return Stream.concat(hosts ? Stream.of("realm attribute " + HostPattern.ATTRIBUTE) : Stream.empty(), demands)
                .limit(10)
                .toList();
    }

    /** The flows that clients really use, each once. */
    private static Collection<LoginFlow> flows(
            RealmModel realm,
            List<ClientModel> clients,
            Predicate<ClientModel> uses,
            String binding,
            @Nullable AuthenticationFlowModel realms) {
        Map<String, LoginFlow> flows = new LinkedHashMap<>();
        clients.stream()
                .filter(uses)
                .flatMap(client -> Optional.ofNullable(client.getAuthenticationFlowBindingOverride(binding))
                        .map(realm::getAuthenticationFlowById)
                        .or(() -> Optional.ofNullable(realms))
                        .stream())
                .forEach(flow -> flows.computeIfAbsent(
                        flow.getId(), id -> new LoginFlow(flow.getAlias(), FlowStep.of(realm, id))));
        return flows.values();
    }

    /** Of the identity providers of tenants. Others vouch for nobody's membership, but for who somebody is: they count too. */
    private static Map<String, LoginFlow> afterProvider(RealmModel realm, List<IdentityProviderModel> providers) {
        Map<String, LoginFlow> flows = new TreeMap<>();
        for (IdentityProviderModel provider : providers) {
            if (!Boolean.TRUE.equals(provider.isLinkOnly())) {
                AuthenticationFlowModel flow = Optional.ofNullable(provider.getPostBrokerLoginFlowId())
                        .map(realm::getAuthenticationFlowById)
                        .orElse(null);
                flows.put(
                        provider.getAlias(),
                        flow == null
                                ? new LoginFlow("none", List.of())
                                : new LoginFlow(flow.getAlias(), FlowStep.of(realm, flow.getId())));
            }
        }
        return flows;
    }
}
