package io.tenantry.stack.realm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a realm file names things, what is for one server alone, and what Keycloak adds by itself. */
final class RealmKeys {
    /** People are no configuration, and ids are each server's own. */
    private static final Set<String> NOT_COMPARED = Set.of(
            "id",
            "internalId",
            "containerId",
            "users",
            "members",
            "federatedUsers",
            "keycloakVersion",
            // Asks the import for something, and is never seen again
            "CreateDefaultClientScopes");

    /** The server never shows them. */
    private static final Set<String> SECRET =
            Set.of("secret", "clientSecret", "password", "bindCredential", "privateKey", "keyPassword");

    /** Objects whose fields the file lists all of; elsewhere Keycloak adds defaults. */
    private static final Set<String> COMPLETE = Set.of("attributes", "config");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("clients", "clientId"),
            Map.entry("clientScopes", "name"),
            Map.entry("protocolMappers", "name"),
            Map.entry("realm", "name"),
            Map.entry("authenticationFlows", "alias"),
            Map.entry("authenticatorConfig", "alias"),
            Map.entry("identityProviders", "alias"),
            Map.entry("identityProviderMappers", "name"),
            Map.entry("requiredActions", "alias"),
            Map.entry("organizations", "alias"),
            Map.entry("groups", "name"),
            Map.entry("subGroups", "name"),
            Map.entry("domains", "name"));

    private static final Set<String> STOCK = Set.of(
            "account",
            "account-console",
            "admin-cli",
            "broker",
            "realm-management",
            "security-admin-console",
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
            "uma_authorization",
            "web-origins");

    private RealmKeys() {}

    static boolean compared(String key) {
        return !NOT_COMPARED.contains(key) && !SECRET.contains(key);
    }

    /**
     * Whether a field can be compared where the server does not show it. It leaves out settings of components that the
     * component does not declare, and the user of a mail server that asks for none.
     */
    static boolean shown(String path, String parent, JsonNode file, String key) {
        return !(path.contains(".components") && parent.equals("config"))
                && !(parent.equals("smtpServer")
                        && key.equals("user")
                        && !file.path("auth").asText().equals("true"));
    }

    /** Whether a field that only the server has is a change that somebody made: at an organization, or in a mapper. */
    static boolean complete(String key, String path) {
        return COMPLETE.contains(key) && (path.contains(".organizations[") || path.contains("Mappers["));
    }

    /** What an element of a list is called; null where the elements have no names. */
    static @Nullable String name(String list, JsonNode element) {
        if (!element.isObject()) {
            return null;
        }
        if (list.equals("authenticationExecutions")) {
            return element.path("authenticator")
                    .asText(element.path("flowAlias").asText());
        }
        if (list.equals("identityProviderMappers")) {
            return element.path("identityProviderAlias").asText() + "/"
                    + element.path("name").asText();
        }
        String field = NAMES.getOrDefault(list, "name");
        return element.has(field) ? element.path(field).asText() : null;
    }

    /** The elements of a list by their names. */
    static Map<String, JsonNode> byName(String list, JsonNode elements) {
        Map<String, JsonNode> all = new HashMap<>();
        elements.forEach(element -> {
            String name = name(list, element);
            if (name != null) {
                all.put(name, element);
            }
        });
        return all;
    }

    /** Whether the server has an element without anybody having asked for it. */
    static boolean stock(String list, String name, JsonNode element) {
        return STOCK.contains(name)
                || name.startsWith("default-roles-")
                || element.path("builtIn").asBoolean(false)
                || list.equals("requiredActions");
    }
}
