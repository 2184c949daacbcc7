package io.tenantry.realmfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.representations.idm.RealmRepresentation;

/** Decides whether the server's own class for realm files has a place for everything that is written. */
final class ShapeRules {
    private ShapeRules() {}

    static void check(Place realm, Problems problems) {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addHandler(new DeserializationProblemHandler() {
                    @Override
                    public boolean handleUnknownProperty(
                            DeserializationContext context,
                            JsonParser parser,
                            JsonDeserializer<?> deserializer,
                            Object bean,
                            String name)
                            throws IOException {
                        problems.add(
                                new Place(path(realm, context.getParser()), realm.node()),
                                "Keycloak knows no field '" + name + "' here, and refuses the file.",
                                "Correct its name, or remove it.");
                        parser.skipChildren();
                        return true;
                    }
                })
                .build();
        try {
            mapper.treeToValue(realm.node(), RealmRepresentation.class);
        } catch (JsonMappingException e) {
            problems.add(
                    new Place(path(realm, e.getPath()), realm.node()),
                    "Keycloak cannot read this value: " + e.getOriginalMessage() + ".",
                    "Write a value of the kind that the message names.");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree that was parsed already is JSON", e);
        }
    }

    /** Objects that must differ from each other and do not: ids, across the whole file. */
    static void ids(List<Place> realms, Problems problems) {
        Set<String> seen = new HashSet<>();
        realms.stream()
                .flatMap(Place::all)
                // An export writes the default role among the roles, and once more as the default
                .filter(place -> !place.path().endsWith(".defaultRole"))
                .forEach(place -> List.of("id", "internalId").forEach(key -> {
                    JsonNode id = place.node().path(key);
                    if (id.isTextual() && !seen.add(id.textValue())) {
                        problems.add(
                                place.at(key),
                                "The id '" + id.textValue() + "' stands twice.",
                                "Give each thing an id of its own, or none where nothing refers to it.");
                    }
                }));
    }

    private static String path(Place realm, JsonParser parser) {
        StringBuilder path = new StringBuilder();
        for (var at = parser.getParsingContext(); at != null && !at.inRoot(); at = at.getParent()) {
            path.insert(0, at.inArray() ? "[" + at.getCurrentIndex() + "]" : "." + at.getCurrentName());
        }
        return realm.path() + path;
    }

    private static String path(Place realm, List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder(realm.path());
        references.forEach(reference -> path.append(
                reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : "." + reference.getFieldName()));
        return path.toString();
    }
}
