package io.tenantry.realmfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** Holds a realm file against the server that this program's class path is of. */
public final class RealmFileCheck {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final KnownProviders known = new KnownProviders();
    private final KeycloakSession session = new OfflineSession(known).open();
    private final Placeholders placeholders;
    private final boolean secretsAllowed;

    /**
     * A check.
     *
     * @param environment for the placeholders
     * @param secretsAllowed whether secrets may be written out, as in a backup that is kept like the database itself
     */
    public RealmFileCheck(Map<String, String> environment, boolean secretsAllowed) {
        this.placeholders = new Placeholders(environment);
        this.secretsAllowed = secretsAllowed;
    }

    /**
     * What is wrong with a file's text.
     *
     * @return empty if it may be imported
     * @throws UnreadableRealmFileException if it is no realm file
     */
    public List<Problem> problems(String text) throws UnreadableRealmFileException {
        Problems problems = new Problems();
        Place written = Place.root(parsed(text));
        PlaceholderRules.defaults(written, placeholders, problems);
        if (!secretsAllowed) {
            PlaceholderRules.secrets(written, problems);
        }
        Place filled = Place.root(parsed(placeholders.filled(text)));
        // An export of several realms is a list of them
        List<Place> realms = filled.node().isArray() ? filled.each() : List.of(filled);
        ShapeRules.ids(realms, problems);
        for (Place realm : realms) {
            if (realm.text("realm").isEmpty()) {
                throw new UnreadableRealmFileException(realm.path() + " has no field \"realm\": this is no realm file");
            }
            ShapeRules.check(realm, problems);
            new ProviderRules(known, problems).check(realm);
            new OwnSettings(known, session, problems).check(realm);
            new ReferenceRules(realm, problems).check();
        }
        return problems.all();
    }

    private static JsonNode parsed(String text) throws UnreadableRealmFileException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableRealmFileException("it is no JSON: " + e.getOriginalMessage() + ", line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        }
    }
}
