package io.tenantry.stack.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantry.stack.admin.AdminClient;
import java.util.Map;

/** The realm on the server in the shape of a realm file: Keycloak's partial export, and its organizations. */
final class LiveRealm {
    private static final int PAGE = 100;

    private final AdminClient admin;

    LiveRealm(AdminClient admin) {
        this.admin = admin;
    }

    /** All of it that is configuration, with the server's ids; secrets are masked. */
    ObjectNode read() {
        ObjectNode realm = (ObjectNode) admin.post(
                "/partial-export?exportClients=true&exportGroupsAndRoles=true", JsonNodeFactory.instance.objectNode());
        // The server answers 404 where they are off
        realm.set(
                "organizations",
                realm.path("organizationsEnabled").asBoolean()
                        ? organizations()
                        : JsonNodeFactory.instance.arrayNode());
        return realm;
    }

    private ArrayNode organizations() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (int first = 0; ; first += PAGE) {
            JsonNode page = admin.get("/organizations?briefRepresentation=false&first=" + first + "&max=" + PAGE);
            page.forEach(organization -> all.add(complete((ObjectNode) organization)));
            if (page.size() < PAGE) {
                return all;
            }
        }
    }

    private ObjectNode complete(ObjectNode organization) {
        String path = "/organizations/" + organization.path("id").asText();
        organization.set("identityProviders", admin.get(path + "/identity-providers"));
        organization.set("groups", groups(path + "/groups", path + "/groups"));
        return organization;
    }

    private ArrayNode groups(String base, String list) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (int first = 0; ; first += PAGE) {
            JsonNode page = admin.get(list + "?briefRepresentation=false&first=" + first + "&max=" + PAGE);
            for (JsonNode group : page) {
                ObjectNode complete = (ObjectNode) group;
                String path = base + "/" + group.path("id").asText();
                roles(complete, admin.get(path + "/role-mappings"));
                complete.set("subGroups", groups(base, path + "/children"));
                all.add(complete);
            }
            if (page.size() < PAGE) {
                return all;
            }
        }
    }

    private static void roles(ObjectNode group, JsonNode mappings) {
        ArrayNode realm = group.putArray("realmRoles");
        mappings.path("realmMappings")
                .forEach(role -> realm.add(role.path("name").asText()));
        ObjectNode clients = group.putObject("clientRoles");
        for (Map.Entry<String, JsonNode> client :
                mappings.path("clientMappings").properties()) {
            ArrayNode roles = clients.putArray(client.getKey());
            client.getValue()
                    .path("mappings")
                    .forEach(role -> roles.add(role.path("name").asText()));
        }
    }
}
