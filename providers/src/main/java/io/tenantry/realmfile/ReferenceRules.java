package io.tenantry.realmfile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.DefaultAuthenticationFlows;

/**
 * Decides whether what a realm file refers to is there. Keycloak's import is lenient: it logs an unknown client scope
 * and goes on, and creates a role that a group misspells.
 */
final class ReferenceRules {
    private static final Set<String> STOCK_SCOPES = Set.of(
            "AuthnContextClassRef",
            "acr",
            "address",
            "basic",
            "email",
            "microprofile-jwt",
            "offline_access",
            "organization",
            "phone",
            "profile",
            "role_list",
            "roles",
            "saml_organization",
            "service_account",
            "web-origins");
    private static final Set<String> STOCK_CLIENTS =
            Set.of("account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console");
    private static final Set<String> STOCK_FLOWS = Set.of(
            DefaultAuthenticationFlows.BROWSER_FLOW,
            DefaultAuthenticationFlows.REGISTRATION_FLOW,
            DefaultAuthenticationFlows.DIRECT_GRANT_FLOW,
            DefaultAuthenticationFlows.RESET_CREDENTIALS_FLOW,
            DefaultAuthenticationFlows.CLIENT_AUTHENTICATION_FLOW,
            DefaultAuthenticationFlows.FIRST_BROKER_LOGIN_FLOW,
            DefaultAuthenticationFlows.SAML_ECP_FLOW,
            "docker auth");

    private final Place realm;
    private final Problems problems;
    private final Set<String> realmRoles;
    private final Set<String> clients;
    private final Set<String> providers;
    private final Set<String> flows;

    ReferenceRules(Place realm, Problems problems) {
        this.realm = realm;
        this.problems = problems;
        realmRoles = realm.at("roles").names("realm", "name");
        realmRoles.addAll(Set.of("offline_access", "uma_authorization"));
        realmRoles.add("default-roles-" + realm.text("realm").toLowerCase(Locale.ROOT));
        clients = realm.names("clients", "clientId");
        providers = realm.names("identityProviders", "alias");
        flows = realm.names("authenticationFlows", "alias");
        flows.addAll(STOCK_FLOWS);
    }

    void check() {
        realm.all().forEach(place -> {
            if (place.has("realmRoles")) {
                place.each("realmRoles").forEach(this::realmRole);
            }
            if (place.has("composites")) {
                place.at("composites").each("realm").forEach(this::realmRole);
                place.at("composites").at("client").fields().forEach(this::clientRoles);
            }
            if (place.has("clientRoles")) {
                place.at("clientRoles").fields().forEach(this::clientRoles);
            }
        });
        clients();
        flows();
        brokering();
        organizations();
    }

    private void realmRole(Place role) {
        must(realmRoles, role, "realm role");
    }

    private void clientRoles(String client, Place roles) {
        if (!STOCK_CLIENTS.contains(client)) {
            problems.must(
                    clients.contains(client),
                    roles,
                    "There is no client '" + client + "', whose roles are given here.",
                    "Correct its client id, or add the client.");
            Set<String> there = realm.at("roles").at("client").names(client, "name");
            roles.each().forEach(role -> must(there, role, "role of the client " + client));
        }
    }

    private void clients() {
        Set<String> scopes = realm.names("clientScopes", "name");
        // Keycloak makes its own scopes where a file has none, or asks for them
        if (!realm.has("clientScopes")
                || "true".equals(realm.at("attributes").text(Constants.CREATE_DEFAULT_CLIENT_SCOPES))) {
            scopes.addAll(STOCK_SCOPES);
        }
        Stream.concat(Stream.of(realm), realm.each("clients").stream())
                .flatMap(holder -> Stream.of(
                                "defaultClientScopes",
                                "optionalClientScopes",
                                "defaultDefaultClientScopes",
                                "defaultOptionalClientScopes")
                        .flatMap(list -> holder.each(list).stream()))
                .forEach(scope -> must(scopes, scope, "client scope"));
        realm.each("clientScopes").forEach(scope -> audiences(scope.each("protocolMappers")));
        realm.each("clients").forEach(client -> audiences(client.each("protocolMappers")));
        Set<String> known = new HashSet<>(clients);
        known.addAll(STOCK_CLIENTS);
        realm.each("users").stream()
                .filter(user -> user.has("serviceAccountClientId"))
                .forEach(user -> must(known, user.at("serviceAccountClientId"), "client of this service account"));
        Stream.concat(
                        realm.each("scopeMappings").stream(),
                        realm.at("clientScopeMappings").fields().values().stream()
                                .flatMap(list -> list.each().stream()))
                .forEach(mapping -> {
                    if (mapping.has("client")) {
                        must(known, mapping.at("client"), "client");
                    }
                    if (mapping.has("clientScope")) {
                        must(scopes, mapping.at("clientScope"), "client scope");
                    }
                });
        realm.each("scopeMappings").forEach(mapping -> mapping.each("roles").forEach(this::realmRole));
    }

    private void audiences(List<Place> mappers) {
        Set<String> known = new HashSet<>(clients);
        known.addAll(STOCK_CLIENTS);
        mappers.stream()
                .map(mapper -> mapper.at("config").at("included.client.audience"))
                .filter(audience -> !audience.text().isEmpty())
                .forEach(audience -> must(known, audience, "client for this audience"));
    }

    private void flows() {
        Stream.of(
                        "browserFlow",
                        "registrationFlow",
                        "directGrantFlow",
                        "resetCredentialsFlow",
                        "clientAuthenticationFlow",
                        "dockerAuthenticationFlow",
                        "firstBrokerLoginFlow")
                .filter(realm::has)
                .forEach(field -> must(flows, realm.at(field), "flow"));
        Set<String> configs = realm.names("authenticatorConfig", "alias");
        realm.each("authenticationFlows").stream()
                .flatMap(flow -> flow.each("authenticationExecutions").stream())
                .forEach(execution -> {
                    if (!execution.text("flowAlias").isEmpty()) {
                        must(flows, execution.at("flowAlias"), "flow");
                    }
                    if (!execution.text("authenticatorConfig").isEmpty()) {
                        must(configs, execution.at("authenticatorConfig"), "configuration of an authenticator");
                    }
                });
    }

    private void brokering() {
        realm.each("identityProviderMappers")
                .forEach(mapper -> must(providers, mapper.at("identityProviderAlias"), "identity provider"));
        realm.each("identityProviders")
                .forEach(provider -> Stream.of("firstBrokerLoginFlowAlias", "postBrokerLoginFlowAlias")
                        .filter(field -> !provider.text(field).isEmpty())
                        .forEach(field -> must(flows, provider.at(field), "flow")));
    }

    private void organizations() {
        List<Place> organizations = realm.each("organizations");
        if (!organizations.isEmpty()
                && !realm.node().path("organizationsEnabled").asBoolean(false)) {
            problems.add(
                    realm.at("organizations"),
                    "The realm has organizations, but they are not switched on.",
                    "Add \"organizationsEnabled\": true.");
        }
        Set<String> users = realm.names("users", "username");
        Map<String, String> owners = new HashMap<>();
        organizations.forEach(organization -> {
            String alias = organization.text("alias");
            once(owners, "alias", organization.at("alias"), organization.path());
            once(owners, "name", organization.at("name"), organization.path());
            organization.each("domains").forEach(domain -> once(owners, "domain", domain.at("name"), alias));
            Set<String> groups = new HashSet<>();
            organization
                    .at("groups")
                    .all()
                    .filter(group -> group.has("id"))
                    .forEach(group -> groups.add(group.text("id")));
            organization.each("members").forEach(member -> {
                // An export may keep its users in files of their own
                if (realm.has("users")) {
                    must(users, member.at("username"), "user");
                }
                member.each("groups").forEach(group -> must(groups, group, "group of this organization with the id"));
            });
            organization.each("identityProviders").forEach(provider -> {
                must(providers, provider.at("alias"), "identity provider");
                once(owners, "identity provider", provider.at("alias"), alias);
            });
        });
    }

    private void once(Map<String, String> owners, String kind, Place place, String owner) {
        if (!place.text().isEmpty() && owners.putIfAbsent(kind + ' ' + place.text(), owner) != null) {
            problems.add(
                    place,
                    "The " + kind + " '" + place.text() + "' belongs to two organizations.",
                    "Leave it to one of them.");
        }
    }

    private void must(Set<String> there, Place reference, String kind) {
        problems.must(
                there.contains(reference.text()),
                reference,
                "There is no " + kind + " '" + reference.text() + "'.",
                "Correct the name, or add what it refers to.");
    }
}
