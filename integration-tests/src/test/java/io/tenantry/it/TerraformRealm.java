package io.tenantry.it;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.bertramlabs.plugins.hcl4j.HCLParserException;
import com.bertramlabs.plugins.hcl4j.RuntimeSymbols.VariableTree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the provider {@code keycloak/keycloak} 5.8 makes of a realm's resources, as far as {@code deploy/terraform} uses
 * them, after its documentation and sources. A resource that is not translated here is an error; that arguments are the
 * provider's is for {@code DeployTest}.
 */
@SuppressWarnings("unchecked")
final class TerraformRealm {
    private static final String ALIAS = "alias";
    private static final String NAME = "name";

    /** The provider takes the names, and sends these. */
    private static final Map<String, String> NAME_ID_FORMATS =
            Map.of("Persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");

    private final Map<String, Map<String, Map<String, Object>>> resources;
    private final Set<String> translated = new HashSet<>();
    private final Map<String, Object> realm = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> clientScopes = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> clients = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> flows = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> organizations = new LinkedHashMap<>();
    private final List<Map<String, Object>> providers = new ArrayList<>();
    private final List<Map<String, Object>> providerMappers = new ArrayList<>();

    private TerraformRealm(Map<String, Map<String, Map<String, Object>>> resources) {
        this.resources = resources;
    }

    /** The representation of the one realm in these files. */
    static Map<String, Object> in(String files) {
        HCLParser parser = new HCLParser();
        parser.setVariable("smtp_password", "from-a-variable");
        try {
            Map<String, Object> parsed = parser.parse(files);
            return new TerraformRealm((Map<String, Map<String, Map<String, Object>>>)
                            Objects.requireNonNull(parsed.get("resource")))
                    .representation();
        } catch (IOException | HCLParserException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Map<String, Object> representation() {
        each("keycloak_realm", this::realm);
        each("keycloak_realm_events", events -> events.into(realm));
        each("keycloak_openid_client_scope", this::clientScope);
        each("keycloak_generic_protocol_mapper", this::protocolMapper);
        each("keycloak_openid_client", this::client);
        each("keycloak_openid_client_default_scopes", this::defaultScopes);
        each("keycloak_openid_client_optional_scopes", this::optionalScopes);
        each("keycloak_authentication_flow", flow -> flow(flow, true));
        each("keycloak_authentication_subflow", flow -> flow(flow, false));
        each("keycloak_authentication_subflow", this::step);
        each("keycloak_authentication_execution", this::step);
        each("keycloak_authentication_bindings", bindings -> bindings.into(realm));
        each("keycloak_organization", this::organization);
        each("keycloak_saml_identity_provider", this::provider);
        each("keycloak_custom_identity_provider_mapper", this::providerMapper);
        if (!translated.equals(resources.keySet())) {
            throw new IllegalStateException("translated are " + translated + ", and not " + resources.keySet());
        }
        flows.values().forEach(flow -> steps(flow).sort(Comparator.comparing(step -> (Integer) step.get("priority"))));
        // The scopes that Keycloak makes for a realm that comes without any
        realm.put("attributes", Map.of("CreateDefaultClientScopes", "true"));
        realm.put("clientScopes", List.copyOf(clientScopes.values()));
        realm.put("clients", List.copyOf(clients.values()));
        realm.put("authenticationFlows", List.copyOf(flows.values()));
        realm.put("organizations", List.copyOf(organizations.values()));
        realm.put("identityProviders", providers);
        realm.put("identityProviderMappers", providerMappers);
        return realm;
    }

    private void each(String type, Consumer<Arguments> translation) {
        translated.add(type);
        Objects.requireNonNull(resources.get(type), type).forEach((name, all) -> {
            Arguments arguments = new Arguments(type + '.' + name, new LinkedHashMap<>(all));
            translation.accept(arguments);
            arguments.end();
        });
    }

    private void realm(Arguments arguments) {
        realm.put(
                "accessTokenLifespan",
                Duration.parse("PT" + arguments.text("access_token_lifespan")).toSeconds());
        Arguments languages = arguments.block("internationalization");
        realm.put("internationalizationEnabled", true);
        languages.into(realm);
        languages.end();
        Arguments defenses = arguments.block("security_defenses");
        Arguments bruteForce = defenses.block("brute_force_detection");
        realm.put("bruteForceProtected", true);
        realm.put("failureFactor", bruteForce.take("max_login_failures"));
        bruteForce.end();
        defenses.end();
        Arguments mail = arguments.block("smtp_server");
        Arguments login = mail.block("auth");
        Map<String, Object> smtp = new LinkedHashMap<>(
                Map.of("auth", "true", "user", login.take("username"), "password", login.take("password")));
        login.end();
        mail.into(smtp);
        mail.end();
        smtp.replaceAll((name, value) -> value.toString());
        realm.put("smtpServer", smtp);
        arguments.into(realm);
    }

    private void clientScope(Arguments arguments) {
        String name = arguments.text(NAME);
        clientScopes.put(
                name,
                Map.of(
                        NAME,
                        name,
                        "protocol",
                        "openid-connect",
                        "attributes",
                        Map.of("include.in.token.scope", arguments.text("include_in_token_scope")),
                        "protocolMappers",
                        new ArrayList<>()));
    }

    private void protocolMapper(Arguments arguments) {
        Map<String, Object> scope = known(clientScopes, arguments.text("client_scope_id"));
        Map<String, Object> mapper = new LinkedHashMap<>();
        arguments.into(mapper);
        ((List<Object>) Objects.requireNonNull(scope.get("protocolMappers"))).add(mapper);
    }

    private void client(Arguments arguments) {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("protocol", "openid-connect");
        client.put("publicClient", "PUBLIC".equals(arguments.text("access_type")));
        // The provider's default, where Keycloak's is another
        client.put("directAccessGrantsEnabled", false);
        client.put("redirectUris", arguments.take("valid_redirect_uris"));
        client.put(
                "attributes",
                Map.of(
                        "pkce.code.challenge.method",
                        arguments.text("pkce_code_challenge_method"),
                        "post.logout.redirect.uris",
                        String.join("##", (List<String>) arguments.take("valid_post_logout_redirect_uris"))));
        arguments.into(client);
        clients.put(String.valueOf(client.get("clientId")), client);
    }

    private void defaultScopes(Arguments arguments) {
        known(clients, arguments.text("client_id")).put("defaultClientScopes", arguments.take("default_scopes"));
    }

    private void optionalScopes(Arguments arguments) {
        known(clients, arguments.text("client_id")).put("optionalClientScopes", arguments.take("optional_scopes"));
    }

    private void flow(Arguments arguments, boolean topLevel) {
        Map<String, Object> flow = new LinkedHashMap<>(Map.of(
                "providerId",
                "basic-flow",
                "topLevel",
                topLevel,
                "builtIn",
                false,
                "authenticationExecutions",
                new ArrayList<>()));
        flow.put(ALIAS, arguments.take(ALIAS));
        flows.put(String.valueOf(flow.get(ALIAS)), flow);
        if (!topLevel) {
            // What else it has is of the step that it is
            arguments.into(new LinkedHashMap<>());
        }
    }

    private void step(Arguments arguments) {
        Map<String, Object> flow = known(flows, arguments.text("parent_flow_alias"));
        Map<String, Object> step = new LinkedHashMap<>();
        arguments.into(step);
        if (step.containsKey(ALIAS)) {
            step.put("flowAlias", Objects.requireNonNull(step.remove(ALIAS)));
            step.put("authenticatorFlow", true);
        }
        steps(flow).add(step);
    }

    private void organization(Arguments arguments) {
        Map<String, Object> organization = new LinkedHashMap<>();
        Arguments domain = arguments.block("domain");
        organization.put("domains", List.of(Map.of(NAME, domain.take(NAME), "verified", domain.take("verified"))));
        domain.end();
        Map<String, Object> attributes = new LinkedHashMap<>((Map<String, Object>) arguments.take("attributes"));
        attributes.replaceAll((name, value) -> List.of(value.toString().split("##", -1)));
        organization.put("attributes", attributes);
        organization.put("identityProviders", new ArrayList<>());
        organization.put("enabled", true);
        arguments.take("realm");
        arguments.into(organization);
        organizations.put(String.valueOf(organization.get(ALIAS)), organization);
    }

    private void provider(Arguments arguments) {
        Map<String, Object> organization = known(organizations, arguments.text("organization_id"));
        Map<String, Object> provider = new LinkedHashMap<>(Map.of("providerId", "saml", "enabled", true));
        for (String argument : List.of(
                ALIAS,
                "display_name",
                "store_token",
                "trust_email",
                "first_broker_login_flow_alias",
                "post_broker_login_flow_alias")) {
            provider.put(camelCase(argument), arguments.take(argument));
        }
        ((List<Object>) Objects.requireNonNull(organization.get("identityProviders")))
                .add(Map.of(ALIAS, Objects.requireNonNull(provider.get(ALIAS))));
        Map<String, Object> config = new LinkedHashMap<>((Map<String, Object>) arguments.take("extra_config"));
        config.put(
                "nameIDPolicyFormat",
                Objects.requireNonNull(NAME_ID_FORMATS.get(arguments.text("name_id_policy_format"))));
        // So it is where signature_algorithm is set
        config.put("wantAuthnRequestsSigned", true);
        arguments.take("realm");
        arguments.into(config);
        config.replaceAll((name, value) -> value.toString());
        provider.put("config", config);
        providers.add(provider);
    }

    private void providerMapper(Arguments arguments) {
        Map<String, Object> mapper = new LinkedHashMap<>();
        mapper.put("config", arguments.take("extra_config"));
        arguments.take("realm");
        arguments.into(mapper);
        providerMappers.add(mapper);
    }

    private static List<Map<String, Object>> steps(Map<String, Object> flow) {
        return (List<Map<String, Object>>) Objects.requireNonNull(flow.get("authenticationExecutions"));
    }

    private static Map<String, Object> known(Map<String, Map<String, Object>> all, String key) {
        return Objects.requireNonNull(all.get(key), key);
    }

    private static String camelCase(String argument) {
        StringBuilder name = new StringBuilder();
        for (String word : argument.split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** A value with references followed; that to an id leads to what names the resource in a realm file. */
    private Object value(Object value) {
        if (value instanceof VariableTree reference) {
            String[] parts = reference.toString().split("\\.", -1);
            Map<String, Object> resource = Objects.requireNonNull(
                    Objects.requireNonNull(resources.get(parts[0]), reference.toString())
                            .get(parts[1]),
                    reference.toString());
            Stream<String> names =
                    "id".equals(parts[2]) ? Stream.of(ALIAS, "client_id", NAME, "realm") : Stream.of(parts[2]);
            return value(names.filter(resource::containsKey)
                    .map(resource::get)
                    .findFirst()
                    .orElseThrow());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::value).toList();
        }
        return value instanceof Double number ? (Object) number.intValue() : value;
    }

    /** The arguments of one resource or block; what nobody took in the end is an error. */
    private final class Arguments {
        private final String where;
        private final Map<String, Object> left;

        Arguments(String where, Map<String, Object> left) {
            this.where = where;
            this.left = left;
            left.remove("realm_id");
            left.remove("depends_on");
        }

        Object take(String argument) {
            return value(Objects.requireNonNull(left.remove(argument), where + '.' + argument));
        }

        String text(String argument) {
            return String.valueOf(take(argument));
        }

        Arguments block(String name) {
            return new Arguments(where + '.' + name, new LinkedHashMap<>((Map<String, Object>) take(name)));
        }

        /** Takes the rest, under the names that Keycloak has for it. */
        void into(Map<String, Object> representation) {
            left.forEach((argument, value) -> representation.put(camelCase(argument), value(value)));
            left.clear();
        }

        void end() {
            if (!left.isEmpty()) {
                throw new IllegalStateException(where + ": not translated: " + left.keySet());
            }
        }
    }
}
