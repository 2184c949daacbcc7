package io.tenantry.repository;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What must hold in a realm file before a server sees it. Keycloak's import is lenient: it logs an unknown client scope
 * and goes on, and creates a role that a group misspells.
 */
final class RealmFileRules {

    private static final Set<String> OURS = Set.of("tenant-claims-mapper", "tenant-saml-rules", "tenant-saml-roles");
    private static final Set<String> LISTENERS = Set.of("jboss-logging", "redis-revocations");
    private static final Set<String> THEMES = Set.of("tenantry", "keycloak.v2");
    private static final Set<String> STOCK_SCOPES = Set.of(
            "acr",
            "address",
            "basic",
            "email",
            "microprofile-jwt",
            "offline_access",
            "organization",
            "phone",
            "profile",
            "roles",
            "service_account",
            "web-origins");
    private static final Set<String> PASSWORD_RULES = Set.of(
            "digits",
            "length",
            "lowerCase",
            "maxLength",
            "minStrength",
            "notBreached",
            "notContainsUsername",
            "notEmail",
            "notTenantName",
            "notUsername",
            "passwordHistory",
            "regexPattern",
            "specialChars",
            "upperCase");
    private static final Pattern PASSWORD_RULE = Pattern.compile("([A-Za-z]+)(\\(.+\\))?");
    private static final Set<String> SECRETS = Set.of("secret", "password");

    private final JsonNode realm;
    private final List<String> problems = new ArrayList<>();

    private RealmFileRules(JsonNode realm) {
        this.realm = realm;
    }

    /** One line a problem; empty when the file may be imported. */
    static List<String> problemsOf(JsonNode realm) {
        RealmFileRules rules = new RealmFileRules(realm);
        rules.placeholdersAndSecrets("", realm);
        rules.ids();
        rules.providers();
        rules.roles();
        rules.clients();
        rules.organizations();
        rules.brokering();
        return rules.problems;
    }

    private void placeholdersAndSecrets(String key, JsonNode node) {
        if (node.isTextual()) {
            List<Placeholder> placeholders = Placeholder.in(node.textValue());
            placeholders.stream()
                    .filter(placeholder -> !placeholder.isResolvable())
                    .forEach(placeholder -> report("placeholder without name or default", placeholder.text()));
            if (SECRETS.contains(key)) {
                boolean harmless =
                        placeholders.size() == 1 && placeholders.get(0).isForDevelopmentOnly();
                must(harmless, "secret that is no placeholder with a development-only default", key);
            }
        }
        node.properties().forEach(field -> placeholdersAndSecrets(field.getKey(), field.getValue()));
        if (node.isArray()) {
            node.forEach(element -> placeholdersAndSecrets(key, element));
        }
        if ("credentials".equals(key) && node.isObject()) {
            placeholdersAndSecrets("password", node.path("value"));
        }
    }

    private void ids() {
        Set<String> seen = new HashSet<>();
        realm.findValues("id").forEach(id -> must(seen.add(id.asText()), "id that stands twice", id.asText()));
    }

    private void providers() {
        Stream.of("protocolMapper", "identityProviderMapper")
                .flatMap(key -> realm.findValuesAsText(key).stream())
                .filter(id -> id.startsWith("tenant"))
                .forEach(id -> must(OURS.contains(id), "mapper that this pack does not have", id));
        texts(realm.path("eventsListeners"))
                .forEach(id -> must(LISTENERS.contains(id), "event listener that is not there", id));
        if (realm.has("loginTheme")) {
            must(
                    THEMES.contains(realm.get("loginTheme").asText()),
                    "login theme",
                    realm.get("loginTheme").asText());
        }
        passwordRules(realm.path("passwordPolicy").asText(), true);
        elements("organizations")
                .flatMap(organization -> texts(organization.path("attributes").path("password-policy")))
                .forEach(policy -> passwordRules(policy, false));
    }

    private void passwordRules(String policy, boolean ofRealm) {
        for (String rule : policy.isEmpty() ? new String[0] : policy.split(" and ", -1)) {
            var parsed = PASSWORD_RULE.matcher(rule);
            boolean known = parsed.matches()
                    && (PASSWORD_RULES.contains(parsed.group(1)) || (ofRealm && "tenantPolicy".equals(rule)));
            must(known, "password rule", rule);
        }
    }

    private void roles() {
        Set<String> roles = namesOf(realm.path("roles").path("realm"), "name");
        roles.add("default-roles-" + realm.path("realm").asText());
        realm.findValues("realmRoles").stream()
                .flatMap(RealmFileRules::texts)
                .forEach(role -> must(roles.contains(role), "role that no list defines", role));
        realm.path("roles")
                .path("realm")
                .forEach(role -> texts(role.path("composites").path("realm"))
                        .forEach(part -> must(roles.contains(part), "role that no list defines", part)));
    }

    private void clients() {
        Set<String> clients = namesOf(realm.path("clients"), "clientId");
        Set<String> scopes = namesOf(realm.path("clientScopes"), "name");
        scopes.addAll(STOCK_SCOPES);
        elements("clients")
                .flatMap(client -> Stream.of(client.path("defaultClientScopes"), client.path("optionalClientScopes")))
                .flatMap(RealmFileRules::texts)
                .forEach(scope -> must(scopes.contains(scope), "client scope that is not there", scope));
        realm.findValuesAsText("included.client.audience")
                .forEach(client -> must(clients.contains(client), "audience that is no client", client));
        realm.findValuesAsText("serviceAccountClientId")
                .forEach(client -> must(clients.contains(client), "service account of no client", client));
    }

    private void organizations() {
        Set<String> users = namesOf(realm.path("users"), "username");
        Set<String> providers = namesOf(realm.path("identityProviders"), "alias");
        elements("organizations").forEach(organization -> {
            Set<String> groups = new HashSet<>(organization.path("groups").findValuesAsText("id"));
            organization.path("members").forEach(member -> {
                must(users.contains(member.path("username").asText()), "member who is no user", member.toString());
                texts(member.path("groups"))
                        .forEach(group -> must(groups.contains(group), "group of another organization", group));
            });
            organization
                    .path("identityProviders")
                    .findValuesAsText("alias")
                    .forEach(alias -> must(providers.contains(alias), "identity provider that is not there", alias));
        });
    }

    private void brokering() {
        Set<String> providers = namesOf(realm.path("identityProviders"), "alias");
        elements("identityProviderMappers")
                .map(mapper -> mapper.path("identityProviderAlias").asText())
                .forEach(alias -> must(providers.contains(alias), "identity provider that is not there", alias));
        elements("identityProviders")
                .map(provider -> provider.path("config"))
                .forEach(config -> Map.of(
                                "validateSignature",
                                "true",
                                "wantAssertionsSigned",
                                "true",
                                "wantAuthnRequestsSigned",
                                "true")
                        .forEach((key, value) ->
                                must(value.equals(config.path(key).asText()), "identity provider without", key)));
    }

    private void must(boolean holds, String problem, String culprit) {
        if (!holds) {
            report(problem, culprit);
        }
    }

    private void report(String problem, String culprit) {
        problems.add(problem + ": " + culprit);
    }

    private Stream<JsonNode> elements(String list) {
        return StreamSupport.stream(realm.path(list).spliterator(), false);
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static Set<String> namesOf(JsonNode list, String key) {
        Set<String> names = new HashSet<>();
        list.forEach(element -> names.add(element.path(key).asText()));
        return names;
    }
}
