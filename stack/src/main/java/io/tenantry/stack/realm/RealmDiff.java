package io.tenantry.stack.realm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what a file says with what a server has, both in the shape of a realm file. What the file does not mention is
 * not compared; what the server has more in a list that the file mentions is told, unless it is Keycloak's own.
 */
final class RealmDiff {
    private static final int SHOWN = 120;

    private final List<Difference> found = new ArrayList<>();

    private RealmDiff() {}

    static List<Difference> between(String path, String key, JsonNode file, JsonNode server) {
        RealmDiff diff = new RealmDiff();
        diff.compare(path, key, file, server);
        return diff.found;
    }

    /** Whether the server lacks something, or has it otherwise. */
    static boolean lacks(String key, JsonNode file, JsonNode server) {
        return between("$." + key + "[]", key, file, server).stream()
                .anyMatch(difference -> difference.kind() != Difference.Kind.EXTRA);
    }

    private void compare(String path, String key, JsonNode file, JsonNode server) {
        if (file.isObject()) {
            object(path, key, file, server);
        } else if (file.isArray() && named(key, file, server)) {
            elements(path, key, file, server);
        } else if (!same(file, server)) {
            found.add(new Difference(
                    path, Difference.Kind.CHANGED, "the server has " + shown(server) + ", the file " + shown(file)));
        }
    }

    private void object(String path, String key, JsonNode file, JsonNode server) {
        for (Map.Entry<String, JsonNode> field : file.properties()) {
            if (RealmKeys.compared(field.getKey())
                    && (server.has(field.getKey()) || RealmKeys.shown(path, key, file, field.getKey()))) {
                compare(at(path, field.getKey()), field.getKey(), field.getValue(), server.path(field.getKey()));
            }
        }
        if (RealmKeys.complete(key, path)) {
            server.properties().stream()
                    .filter(field -> !file.has(field.getKey()) && !isNothing(field.getValue()))
                    .forEach(field -> extra(at(path, field.getKey()), field.getValue()));
        }
    }

    private void elements(String path, String key, JsonNode file, JsonNode server) {
        Map<String, JsonNode> there = RealmKeys.byName(key, server);
        Map<String, JsonNode> wanted = RealmKeys.byName(key, file);
        file.forEach(element -> {
            String name = RealmKeys.name(key, element);
            String place = path + "['" + name + "']";
            JsonNode other = there.get(String.valueOf(name));
            if (other == null) {
                found.add(new Difference(place, Difference.Kind.MISSING, ""));
            } else {
                compare(place, key, element, other);
            }
        });
        for (String name : new TreeSet<>(there.keySet())) {
            JsonNode element = there.get(name);
            if (!wanted.containsKey(name) && element != null && !RealmKeys.stock(key, name, element)) {
                found.add(new Difference(path + "['" + name + "']", Difference.Kind.EXTRA, ""));
            }
        }
    }

    private void extra(String path, JsonNode value) {
        found.add(new Difference(path, Difference.Kind.EXTRA, "the server has " + shown(value)));
    }

    private static boolean named(String key, JsonNode file, JsonNode server) {
        JsonNode sample = file.isEmpty() ? server : file;
        return !sample.isEmpty() && RealmKeys.name(key, sample.get(0)) != null;
    }

    /** Keycloak keeps numbers and flags as texts, lists without order, and leaves out what is empty, false or null. */
    private static boolean same(JsonNode file, JsonNode server) {
        if (file.isArray() || server.isArray()) {
            return texts(file).equals(texts(server));
        }
        return text(file).equals(text(server));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(element -> texts.add(element.isValueNode() ? element.asText() : element.toString()));
        return texts;
    }

    private static String text(JsonNode value) {
        return isNothing(value) ? "" : value.asText("");
    }

    private static boolean isNothing(JsonNode value) {
        String text = value.asText("");
        return value.isNull() || (!value.isContainerNode() && (text.isEmpty() || text.equals("false")));
    }

    private static String at(String path, String key) {
        return path + (key.matches("[A-Za-z_][A-Za-z0-9_]*") ? "." + key : "['" + key + "']");
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() || value.isNull() ? "nothing" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
