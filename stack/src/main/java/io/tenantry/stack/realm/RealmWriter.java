package io.tenantry.stack.realm;

import static io.tenantry.stack.admin.AdminClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantry.stack.admin.AdminClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes what a realm on a server lacks, part by part, each before what refers to it. */
final class RealmWriter {
    /** Parts with addresses of their own; everything else of a realm is one representation. */
    private static final Set<String> PARTS = Set.of(
            "authenticationFlows",
            "authenticatorConfig",
            "clientScopeMappings",
            "clientScopes",
            "clients",
            "components",
            "defaultDefaultClientScopes",
            "defaultOptionalClientScopes",
            "groups",
            "identityProviderMappers",
            "identityProviders",
            "localizationTexts",
            "organizations",
            "requiredActions",
            "roles",
            "scopeMappings",
            "users");

    private static final Set<String> SCOPES = Set.of("defaultClientScopes", "optionalClientScopes");
    private static final String FLOW = "Flow";

    private final AdminClient admin;
    private final ObjectNode file;
    private final ObjectNode server;

    RealmWriter(AdminClient admin, ObjectNode file, ObjectNode server) {
        this.admin = admin;
        this.file = file;
        this.server = server;
    }

    void write() {
        Set<String> later = new TreeSet<>(PARTS);
        file.fieldNames().forEachRemaining(name -> {
            if (name.endsWith(FLOW)) {
                later.add(name);
            }
        });
        realm(later);
        realmRoles();
        clientScopes();
        new FlowWriter(admin, file, server).write();
        clients();
        // Now that the flows are there
        realm(PARTS);
        identityProviders();
        components();
        requiredActions();
        localizationTexts();
        new OrganizationWriter(admin, file, server).write();
        new UserWriter(admin, file).write();
    }

    private void realm(Set<String> without) {
        ObjectNode settings = file.deepCopy();
        settings.remove(without);
        if (RealmDiff.lacks("", settings, server)) {
            admin.put("", Merged.of(admin.get(""), file, without));
        }
    }

    private void realmRoles() {
        JsonNode wanted = file.path("roles").path("realm");
        Map<String, JsonNode> there =
                RealmKeys.byName("realm", server.path("roles").path("realm"));
        for (JsonNode role : wanted) {
            JsonNode other = there.get(role.path("name").asText());
            ObjectNode body = ((ObjectNode) role).deepCopy();
            body.remove("composites");
            if (other == null) {
                admin.post("/roles", body);
            } else if (RealmDiff.lacks("realm", body, other)) {
                String path = "/roles/" + encoded(role.path("name").asText());
                admin.put(path, Merged.of(admin.get(path), body, Set.of()));
            }
        }
        for (JsonNode role : wanted) {
            JsonNode parts = role.path("composites").path("realm");
            JsonNode has = there.getOrDefault(role.path("name").asText(), JsonNodeFactory.instance.missingNode());
            if (!parts.isEmpty()
                    && RealmDiff.lacks(
                            "composites", parts, has.path("composites").path("realm"))) {
                var roles = JsonNodeFactory.instance.arrayNode();
                parts.forEach(part -> roles.add(admin.get("/roles/" + encoded(part.asText()))));
                admin.post("/roles/" + encoded(role.path("name").asText()) + "/composites", roles);
            }
        }
    }

    private void clientScopes() {
        Map<String, JsonNode> there = RealmKeys.byName("clientScopes", server.path("clientScopes"));
        for (JsonNode scope : file.path("clientScopes")) {
            JsonNode other = there.get(scope.path("name").asText());
            if (other == null) {
                admin.post("/client-scopes", scope);
            } else if (RealmDiff.lacks("clientScopes", scope, other)) {
                String path = "/client-scopes/" + other.path("id").asText();
                admin.put(path, Merged.of(other, scope, Set.of("protocolMappers")));
                protocolMappers(path, scope, other);
            }
        }
    }

    private void clients() {
        Map<String, JsonNode> there = RealmKeys.byName("clients", server.path("clients"));
        for (JsonNode client : file.path("clients")) {
            JsonNode other = there.get(client.path("clientId").asText());
            if (other == null) {
                admin.post("/clients", client);
            } else if (RealmDiff.lacks("clients", client, other)) {
                String path = "/clients/" + other.path("id").asText();
                // A secret that the file has by default for development must not replace the one in use
                Set<String> apart = Set.of("protocolMappers", "secret", "defaultClientScopes", "optionalClientScopes");
                admin.put(path, Merged.of(admin.get(path), client, apart));
                protocolMappers(path, client, other);
                scopes(path, client, other);
            }
        }
    }

    private void protocolMappers(String holder, JsonNode wanted, JsonNode server) {
        Map<String, JsonNode> there = RealmKeys.byName("protocolMappers", server.path("protocolMappers"));
        for (JsonNode mapper : wanted.path("protocolMappers")) {
            JsonNode other = there.get(mapper.path("name").asText());
            String path = holder + "/protocol-mappers/models";
            if (other == null) {
                admin.post(path, mapper);
            } else if (RealmDiff.lacks("protocolMappers", mapper, other)) {
                admin.put(path + "/" + other.path("id").asText(), Merged.of(other, mapper, Set.of()));
            }
        }
    }

    /** A scope is one or the other, so a change of kind takes it away before it gives it. */
    private void scopes(String client, JsonNode wanted, JsonNode server) {
        for (String list : SCOPES) {
            List<String> has = texts(server.path(list));
            for (String scope : texts(wanted.path(list))) {
                if (!has.contains(scope)) {
                    String id = scopeId(scope);
                    for (String other : SCOPES) {
                        if (!other.equals(list) && texts(server.path(other)).contains(scope)) {
                            admin.delete(client + "/" + address(other) + "/" + id);
                        }
                    }
                    admin.put(client + "/" + address(list) + "/" + id);
                }
            }
        }
    }

    private String scopeId(String name) {
        for (JsonNode scope : admin.get("/client-scopes")) {
            if (scope.path("name").asText().equals(name)) {
                return scope.path("id").asText();
            }
        }
        throw new io.tenantry.stack.StackException("the realm has no client scope '" + name + "'");
    }

    private static String address(String list) {
        return list.equals("defaultClientScopes") ? "default-client-scopes" : "optional-client-scopes";
    }

    private void identityProviders() {
        Map<String, JsonNode> there = RealmKeys.byName("identityProviders", server.path("identityProviders"));
        for (JsonNode provider : file.path("identityProviders")) {
            String alias = provider.path("alias").asText();
            JsonNode other = there.get(alias);
            if (other == null) {
                admin.post("/identity-provider/instances", provider);
            } else if (RealmDiff.lacks("identityProviders", provider, other)) {
                String path = "/identity-provider/instances/" + encoded(alias);
                admin.put(path, Merged.of(admin.get(path), provider, Set.of("clientSecret")));
            }
        }
        Map<String, JsonNode> mappers =
                RealmKeys.byName("identityProviderMappers", server.path("identityProviderMappers"));
        for (JsonNode mapper : file.path("identityProviderMappers")) {
            JsonNode other = mappers.get(String.valueOf(RealmKeys.name("identityProviderMappers", mapper)));
            String path = "/identity-provider/instances/"
                    + encoded(mapper.path("identityProviderAlias").asText()) + "/mappers";
            if (other == null) {
                admin.post(path, mapper);
            } else if (RealmDiff.lacks("identityProviderMappers", mapper, other)) {
                admin.put(path + "/" + other.path("id").asText(), Merged.of(other, mapper, Set.of()));
            }
        }
    }

    private void components() {
        for (Map.Entry<String, JsonNode> kind : file.path("components").properties()) {
            Map<String, JsonNode> there =
                    RealmKeys.byName(kind.getKey(), server.path("components").path(kind.getKey()));
            for (JsonNode component : kind.getValue()) {
                JsonNode other = there.get(component.path("name").asText());
                if (other == null) {
                    ObjectNode body = ((ObjectNode) component).deepCopy();
                    body.put("providerType", kind.getKey());
                    body.put("parentId", admin.get("").path("id").asText());
                    body.remove("subComponents");
                    admin.post("/components", body);
                } else if (RealmDiff.lacks(kind.getKey(), component, other)) {
                    String path = "/components/" + other.path("id").asText();
                    admin.put(path, Merged.of(admin.get(path), component, Set.of("subComponents")));
                }
            }
        }
    }

    private void requiredActions() {
        Map<String, JsonNode> there = RealmKeys.byName("requiredActions", server.path("requiredActions"));
        for (JsonNode action : file.path("requiredActions")) {
            JsonNode other = there.get(action.path("alias").asText());
            if (other != null && RealmDiff.lacks("requiredActions", action, other)) {
                admin.put(
                        "/authentication/required-actions/"
                                + encoded(action.path("alias").asText()),
                        Merged.of(other, action, Set.of()));
            }
        }
    }

    private void localizationTexts() {
        for (Map.Entry<String, JsonNode> locale : file.path("localizationTexts").properties()) {
            JsonNode other = server.path("localizationTexts").path(locale.getKey());
            if (RealmDiff.lacks("localizationTexts", locale.getValue(), other)) {
                admin.post("/localization/" + encoded(locale.getKey()), locale.getValue());
            }
        }
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new java.util.ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
