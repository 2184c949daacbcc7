package io.tenantry.stack.realm;

import static io.tenantry.stack.admin.AdminClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantry.stack.StackException;
import io.tenantry.stack.admin.AdminClient;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the flows of a realm. A step that the server has more stays where it is: people sign in through the flow while
 * it is changed.
 */
final class FlowWriter {
    private static final String FLOWS = "/authentication/flows";

    private final AdminClient admin;
    private final JsonNode file;
    private final JsonNode server;
    private final Map<String, JsonNode> wanted;

    FlowWriter(AdminClient admin, JsonNode file, JsonNode server) {
        this.admin = admin;
        this.file = file;
        this.server = server;
        this.wanted = RealmKeys.byName("authenticationFlows", file.path("authenticationFlows"));
    }

    void write() {
        Map<String, JsonNode> there = RealmKeys.byName("authenticationFlows", server.path("authenticationFlows"));
        for (JsonNode flow : file.path("authenticationFlows")) {
            String alias = flow.path("alias").asText();
            JsonNode other = there.get(alias);
            if (flow.path("topLevel").asBoolean()) {
                if (other == null) {
                    ObjectNode body = ((ObjectNode) flow).deepCopy();
                    body.remove("authenticationExecutions");
                    admin.post(FLOWS, body);
                    steps(flow, JsonNodeFactory.instance.missingNode());
                } else if (RealmDiff.lacks("authenticationFlows", flow, other)) {
                    steps(flow, other.path("authenticationExecutions"));
                }
            } else if (other != null && RealmDiff.lacks("authenticationFlows", flow, other)) {
                steps(flow, other.path("authenticationExecutions"));
            }
        }
        configurations();
    }

    private void steps(JsonNode flow, JsonNode server) {
        String path = FLOWS + "/" + encoded(flow.path("alias").asText()) + "/executions";
        Map<String, JsonNode> there = RealmKeys.byName("authenticationExecutions", server);
        for (JsonNode step : flow.path("authenticationExecutions")) {
            String name = String.valueOf(RealmKeys.name("authenticationExecutions", step));
            JsonNode subFlow = step.has("flowAlias") ? wanted.get(name) : null;
            boolean missing = !there.containsKey(name);
            if (missing) {
                add(path, step, subFlow, name);
            }
            require(path, step, name);
            if (missing && subFlow != null) {
                steps(subFlow, JsonNodeFactory.instance.missingNode());
            }
        }
    }

    private void add(String path, JsonNode step, @Nullable JsonNode subFlow, String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("priority", step.path("priority").asInt());
        if (!step.has("flowAlias")) {
            admin.post(path + "/execution", body.put("provider", name));
            return;
        }
        if (subFlow == null) {
            throw new StackException("the flow '" + name + "' is used in the file, and not in it");
        }
        body.put("alias", name);
        body.put("type", subFlow.path("providerId").asText());
        body.put("description", subFlow.path("description").asText(""));
        body.put("provider", step.path("authenticator").asText(""));
        admin.post(path + "/flow", body);
    }

    /** The API adds every step as disabled. */
    private void require(String path, JsonNode step, String name) {
        for (JsonNode execution : admin.get(path)) {
            boolean here = execution.path("level").asInt() == 0
                    && (step.has("flowAlias")
                            ? execution.path("displayName").asText().equals(name)
                            : execution.path("providerId").asText().equals(name));
            if (here) {
                ObjectNode changed = ((ObjectNode) execution).deepCopy();
                changed.put("requirement", step.path("requirement").asText());
                changed.put("priority", step.path("priority").asInt());
                if (!changed.equals(execution)) {
                    admin.put(path, changed);
                }
                if (step.has("authenticatorConfig") && !execution.has("authenticationConfig")) {
                    configure(
                            execution.path("id").asText(),
                            step.path("authenticatorConfig").asText());
                }
            }
        }
    }

    private void configure(String execution, String alias) {
        JsonNode config = RealmKeys.byName("authenticatorConfig", file.path("authenticatorConfig"))
                .get(alias);
        if (config != null) {
            ObjectNode body = ((ObjectNode) config).deepCopy();
            body.remove("id");
            admin.post("/authentication/executions/" + execution + "/config", body);
        }
    }

    private void configurations() {
        Map<String, JsonNode> there = RealmKeys.byName("authenticatorConfig", server.path("authenticatorConfig"));
        for (JsonNode config : file.path("authenticatorConfig")) {
            JsonNode other = there.get(config.path("alias").asText());
            if (other != null && RealmDiff.lacks("authenticatorConfig", config, other)) {
                admin.put("/authentication/config/" + other.path("id").asText(), Merged.of(other, config, Set.of()));
            }
        }
    }
}
