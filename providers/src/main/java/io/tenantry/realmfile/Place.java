package io.tenantry.realmfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value in a realm file, and where it stands.
 *
 * @param path as a JSON path
 * @param node missing where there is no such value
 */
record Place(String path, JsonNode node) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static Place root(JsonNode node) {
        return new Place("$", node);
    }

    Place at(String key) {
        return new Place(path + (PLAIN.matcher(key).matches() ? "." + key : "['" + key + "']"), node.path(key));
    }

    /** The elements of a list; none where there is no list. */
    List<Place> each() {
        return IntStream.range(0, node.isArray() ? node.size() : 0)
                .mapToObj(index -> new Place(path + "[" + index + "]", node.get(index)))
                .toList();
    }

    List<Place> each(String key) {
        return at(key).each();
    }

    /** The values of an object by their keys; none where there is no object. */
    Map<String, Place> fields() {
        return node.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        field -> at(field.getKey()),
                        (first, second) -> first,
                        java.util.LinkedHashMap::new));
    }

    /** Itself, and all that stands in it. */
    Stream<Place> all() {
        return Stream.concat(
                Stream.of(this),
                Stream.concat(fields().values().stream(), each().stream()).flatMap(Place::all));
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** Empty where there is none. */
    String text() {
        return node.asText("");
    }

    String text(String key) {
        return node.path(key).asText("");
    }

    /** What the elements of a list are called. */
    Set<String> names(String list, String key) {
        Set<String> names = new HashSet<>();
        each(list).forEach(element -> names.add(element.text(key)));
        names.remove("");
        return names;
    }

    /** An object of texts. */
    Map<String, String> texts() {
        return fields().entrySet().stream()
                .filter(field -> field.getValue().node().isValueNode()
                        && !field.getValue().node().isNull())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().text()));
    }

    /** An object of lists of texts. */
    Map<String, List<String>> lists() {
        return fields().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        field -> field.getValue().each().stream()
                                .map(Place::text)
                                .toList()));
    }
}
