package io.tenantry.it.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.stack.StackHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The shipped realm {@code lending}, which is well set up, without its people: as JSON to spoil, then on a server. */
final class LendingRealm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Z_]+:([^}]*)}");

    /** The SAML client that a test may add. */
    static final String SAML = "lending-saml";

    /** What the ids in the file start with; ids are unique in a whole server. */
    private static final String IDS = "1e4d0000";

    private final ObjectNode realm;

    LendingRealm() {
        try {
            String text = PLACEHOLDER
                    .matcher(Files.readString(file()))
                    .replaceAll(found -> found.group(1))
                    .replace(IDS, UUID.randomUUID().toString().substring(0, IDS.length()));
            realm = (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        realm.remove(List.of("id", "realm", "users"));
        realm.get("organizations").forEach(organization -> ((ObjectNode) organization).remove("members"));
    }

    private static Path file() {
        return StackHome.find().realms().stream()
                .filter(path -> path.endsWith("lending-realm.json"))
                .findFirst()
                .orElseThrow();
    }

    TestRealm on(TestServer server) {
        return server.createRealm(JSON.convertValue(realm, new TypeReference<Map<String, Object>>() {}));
    }

    /** A field, replaced. */
    LendingRealm with(String field, String json) {
        realm.set(field, json(json));
        return this;
    }

    LendingRealm attribute(String name, String value) {
        realm.withObject("/attributes").put(name, value);
        return this;
    }

    ObjectNode client(String clientId) {
        return element("clients", "clientId", clientId);
    }

    LendingRealm clientAttribute(String clientId, String name, String value) {
        client(clientId).withObject("/attributes").put(name, value);
        return this;
    }

    LendingRealm clientMapper(String clientId, String type, String config) {
        mapper(client(clientId), type, config);
        return this;
    }

    /** An optional scope of the client, named as the type of its one mapper. */
    /** Adds a SAML client with a mapper of its own, and no other that it is told anything by. */
    LendingRealm samlClient(String type, String config) {
        ObjectNode client = realm.withArray("clients").addObject();
        client.put("clientId", SAML).put("protocol", "saml").put("enabled", true);
        client.putArray("defaultClientScopes");
        mapper(client, type, config);
        return this;
    }

    LendingRealm optionalScope(String clientId, String type, String config) {
        ObjectNode scope = realm.withArray("clientScopes").addObject();
        mapper(scope.put("name", type).put("protocol", "openid-connect"), type, config);
        client(clientId).withArray("optionalClientScopes").add(type);
        return this;
    }

    private static void mapper(ObjectNode holder, String type, String config) {
        holder.withArray("protocolMappers")
                .addObject()
                .put("name", type)
                .put("protocol", holder.path("protocol").asText("openid-connect"))
                .put("protocolMapper", type)
                .set("config", json(config));
    }

    LendingRealm withoutDefaultScope(String clientId, String scope) {
        remove((ArrayNode) client(clientId).get("defaultClientScopes"), scope);
        return this;
    }

    /** A setting of the tenant's mapper, which all clients share by a scope. */
    LendingRealm tenantMapper(String setting, String value) {
        ((ObjectNode) element("clientScopes", "name", "tenant").at("/protocolMappers/0/config")).put(setting, value);
        return this;
    }

    ObjectNode organization(String alias) {
        return element("organizations", "alias", alias);
    }

    LendingRealm organizationAttribute(String alias, String name, String... values) {
        ArrayNode list = organization(alias).withObject("/attributes").putArray(name);
        List.of(values).forEach(list::add);
        return this;
    }

    ObjectNode provider() {
        return (ObjectNode) realm.at("/identityProviders/0");
    }

    LendingRealm providerConfig(String setting, String value) {
        provider().withObject("/config").put(setting, value);
        return this;
    }

    LendingRealm rules(String setting, String value) {
        ((ObjectNode) element("identityProviderMappers", "name", "tenant rules").get("config")).put(setting, value);
        return this;
    }

    /** A table of roles for the shipped identity provider. */
    LendingRealm roles(String attribute, String group) {
        realm.withArray("identityProviderMappers")
                .addObject()
                .put("name", "roles")
                .put("identityProviderAlias", provider().get("alias").asText())
                .put("identityProviderMapper", "tenant-saml-roles")
                .putObject("config")
                .put("syncMode", "INHERIT")
                .put("roles.attribute", attribute)
                .put("roles.groups", "[{\"key\":\"officer\",\"value\":\"" + group + "\"}]");
        return this;
    }

    LendingRealm withoutRules() {
        ArrayNode mappers = (ArrayNode) realm.get("identityProviderMappers");
        for (int i = mappers.size() - 1; i >= 0; i--) {
            if ("tenant rules".equals(mappers.get(i).path("name").asText())) {
                mappers.remove(i);
            }
        }
        return this;
    }

    /** The steps of a flow, those that run an authenticator replaced by another's. */
    LendingRealm inFlow(String flow, String authenticator, String replacement) {
        element(
                        element("authenticationFlows", "alias", flow),
                        "authenticationExecutions",
                        "authenticator",
                        authenticator)
                .put("authenticator", replacement);
        return this;
    }

    /** A step taken out of a flow. */
    ObjectNode outOfFlow(String flow, String authenticator) {
        ArrayNode steps = steps(flow);
        for (int i = 0; i < steps.size(); i++) {
            if (authenticator.equals(steps.get(i).path("authenticator").asText())) {
                return (ObjectNode) steps.remove(i);
            }
        }
        throw new IllegalStateException("no " + authenticator + " in " + flow);
    }

    ArrayNode steps(String flow) {
        return (ArrayNode) element("authenticationFlows", "alias", flow).get("authenticationExecutions");
    }

    private ObjectNode element(String list, String key, String value) {
        return element(realm, list, key, value);
    }

    private static ObjectNode element(ObjectNode parent, String list, String key, String value) {
        return StreamSupport.stream(parent.get(list).spliterator(), false)
                .filter(element -> value.equals(element.path(key).asText()))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void remove(ArrayNode list, String text) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (text.equals(list.get(i).asText())) {
                list.remove(i);
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
