package io.tenantry.stack.realm;

import static io.tenantry.stack.admin.AdminClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tenantry.stack.StackException;
import io.tenantry.stack.admin.AdminClient;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the organizations of a realm: attributes, domains, identity providers, groups and their roles. No members. */
final class OrganizationWriter {
    private static final Set<String> APART = Set.of("groups", "identityProviders", "members");

    private final AdminClient admin;
    private final JsonNode file;
    private final JsonNode server;

    OrganizationWriter(AdminClient admin, JsonNode file, JsonNode server) {
        this.admin = admin;
        this.file = file;
        this.server = server;
    }

    void write() {
        Map<String, JsonNode> there = RealmKeys.byName("organizations", server.path("organizations"));
        for (JsonNode organization : file.path("organizations")) {
            JsonNode other = there.get(organization.path("alias").asText());
            if (other == null) {
                ObjectNode body = ((ObjectNode) organization).deepCopy();
                body.remove(APART);
                admin.post("/organizations", body);
                other = JsonNodeFactory.instance.objectNode().put("id", id(organization));
            } else if (RealmDiff.lacks("organizations", organization, other)) {
                String path = "/organizations/" + other.path("id").asText();
                admin.put(path, Merged.of(admin.get(path), organization, APART));
            }
            String path = "/organizations/" + other.path("id").asText();
            identityProviders(path, organization, other);
            groups(path + "/groups", path + "/groups", organization.path("groups"), other.path("groups"));
        }
    }

    private String id(JsonNode organization) {
        String alias = organization.path("alias").asText();
        for (JsonNode found : admin.get("/organizations?exact=true&search="
                + encoded(organization.path("name").asText()))) {
            if (found.path("alias").asText().equals(alias)) {
                return found.path("id").asText();
            }
        }
        throw new StackException("the organization '" + alias + "' was created, and is not found");
    }

    private void identityProviders(String path, JsonNode organization, JsonNode other) {
        Map<String, JsonNode> there = RealmKeys.byName("identityProviders", other.path("identityProviders"));
        for (JsonNode provider : organization.path("identityProviders")) {
            String alias = provider.path("alias").asText();
            if (!there.containsKey(alias)) {
                admin.post(path + "/identity-providers", TextNode.valueOf(alias));
            }
        }
    }

    private void groups(String base, String list, JsonNode wanted, JsonNode server) {
        Map<String, JsonNode> there = RealmKeys.byName("groups", server);
        for (JsonNode group : wanted) {
            JsonNode other = there.get(group.path("name").asText());
            if (other == null) {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                body.put("name", group.path("name").asText());
                body.setAll(Map.of(
                        "attributes",
                        group.path("attributes").isObject()
                                ? group.path("attributes")
                                : JsonNodeFactory.instance.objectNode()));
                admin.post(list, body);
                other = created(list, group.path("name").asText());
            }
            String path = base + "/" + other.path("id").asText();
            roles(path + "/role-mappings", group, other);
            groups(base, path + "/children", group.path("subGroups"), other.path("subGroups"));
        }
    }

    private JsonNode created(String list, String name) {
        for (JsonNode group : admin.get(list + "?exact=true&search=" + encoded(name))) {
            if (group.path("name").asText().equals(name)) {
                return group;
            }
        }
        throw new StackException("the group '" + name + "' was created, and is not found");
    }

    private void roles(String path, JsonNode group, JsonNode other) {
        List<String> has = RealmWriter.texts(other.path("realmRoles"));
        ArrayNode missing = JsonNodeFactory.instance.arrayNode();
        RealmWriter.texts(group.path("realmRoles")).stream()
                .filter(role -> !has.contains(role))
                .forEach(role -> missing.add(admin.get("/roles/" + encoded(role))));
        if (!missing.isEmpty()) {
            admin.post(path + "/realm", missing);
        }
    }
}
