package io.tenantry.stack.realm;

import static io.tenantry.stack.admin.AdminClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tenantry.stack.admin.AdminClient;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds the users that a realm lacks, with the memberships that the file gives them. A user that is there is left alone,
 * whatever the file says: people are no configuration.
 */
final class UserWriter {
    private final AdminClient admin;
    private final JsonNode file;

    UserWriter(AdminClient admin, JsonNode file) {
        this.admin = admin;
        this.file = file;
    }

    void write() {
        ArrayNode added = JsonNodeFactory.instance.arrayNode();
        for (JsonNode user : file.path("users")) {
            if (!user.has("serviceAccountClientId") && find(user) == null) {
                added.add(user);
            }
        }
        if (added.isEmpty()) {
            return;
        }
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("ifResourceExists", "SKIP");
        order.set("users", added);
        admin.post("/partialImport", order);
        added.forEach(this::memberships);
    }

    private @Nullable String find(JsonNode user) {
        for (JsonNode found : admin.get(
                "/users?exact=true&username=" + encoded(user.path("username").asText()))) {
            return found.path("id").asText();
        }
        return null;
    }

    private void memberships(JsonNode user) {
        String id = String.valueOf(find(user));
        Map<String, JsonNode> there =
                RealmKeys.byName("organizations", new LiveRealm(admin).read().path("organizations"));
        for (JsonNode organization : file.path("organizations")) {
            JsonNode other = there.get(organization.path("alias").asText());
            for (JsonNode member : organization.path("members")) {
                if (other != null && member.path("username").equals(user.path("username"))) {
                    String path = "/organizations/" + other.path("id").asText();
                    admin.post(path + "/members", TextNode.valueOf(id));
                    Map<String, String> groups = new HashMap<>();
                    ids(organization.path("groups"), other.path("groups"), groups);
                    member.path("groups")
                            .forEach(group ->
                                    admin.put(path + "/groups/" + groups.get(group.asText()) + "/members/" + id));
                }
            }
        }
    }

    /** The file's ids of groups, and the server's of those with the same names. */
    private static void ids(JsonNode wanted, JsonNode server, Map<String, String> into) {
        Map<String, JsonNode> there = RealmKeys.byName("groups", server);
        wanted.forEach(group -> {
            JsonNode other = there.get(group.path("name").asText());
            if (other != null) {
                into.put(group.path("id").asText(), other.path("id").asText());
                ids(group.path("subGroups"), other.path("subGroups"), into);
            }
        });
    }
}
