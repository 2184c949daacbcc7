package io.tenantry.stack.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** What the server has, changed to what a file says; what the file does not mention stays. */
final class Merged {
    private Merged() {}

    /** The file's fields over the server's, but for the ids and some that are written on their own. */
    static ObjectNode of(JsonNode server, JsonNode file, Set<String> without) {
        ObjectNode merged = ((ObjectNode) server).deepCopy();
        merged.remove(without);
        for (Map.Entry<String, JsonNode> field : file.properties()) {
            String key = field.getKey();
            if (!without.contains(key) && !key.equals("id") && !key.equals("internalId")) {
                merged.set(key, value(key, merged.path(key), field.getValue()));
            }
        }
        return merged;
    }

    private static JsonNode value(String key, JsonNode server, JsonNode file) {
        if (file.isObject() && server.isObject()) {
            return of(server, file, Set.of());
        }
        if (file.isArray() && server.isArray() && !file.isEmpty() && RealmKeys.name(key, file.get(0)) != null) {
            ArrayNode all = (ArrayNode) file.deepCopy();
            Map<String, JsonNode> wanted = RealmKeys.byName(key, file);
            server.forEach(element -> {
                if (!wanted.containsKey(String.valueOf(RealmKeys.name(key, element)))) {
                    all.add(element);
                }
            });
            return all;
        }
        return file;
    }
}
