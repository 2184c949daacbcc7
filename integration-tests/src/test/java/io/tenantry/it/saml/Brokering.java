package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tenantry.contract.Selector;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestProvider;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A realm of two lenders, each with a SAML identity provider that the tests play, under the default rules, and with the
 * first-login flow that the shipped realm has.
 */
final class Brokering implements AutoCloseable {
    static final String FLOW = "lender first broker login";
    static final String PORTAL = "portal";

    private static final Set<Object> FIRST_LOGIN = Set.of(
            FLOW,
            "lender create or link",
            "lender link existing",
            "lender proof of ownership",
            "lender proof by signing in",
            "lender proof second factor");

    private final TestRealm realm;
    private final TestOrg northbank;
    private final TestOrg harbor;
    private final TestClient app;
    private final HandIdp northbankIdp;
    private final HandIdp harborIdp;
    private final Map<String, String> rulesIds = new HashMap<>();

    private Brokering(TestServer server, Map<String, ?> fields) {
        Map<String, Object> representation = new HashMap<>(
                Map.of("eventsEnabled", true, "loginWithEmailAllowed", true, "authenticationFlows", shippedFlows()));
        representation.putAll(fields);
        realm = server.createRealm(representation);
        northbank = realm.org("northbank");
        harbor = realm.org("harbor");
        app = realm.publicClient("app");
        createPortal();
        northbankIdp = idp("northbank-idp", northbank, SigningKey.fresh());
        harborIdp = idp("harbor-idp", harbor, SigningKey.fresh());
    }

    static Brokering on(TestServer server) {
        return on(server, Map.of());
    }

    /** With fields of the realm's representation added. */
    static Brokering on(TestServer server, Map<String, ?> fields) {
        return new Brokering(server, fields);
    }

    private static List<Map<String, Object>> shippedFlows() {
        Path file = StackHome.find().realms().stream()
                .filter(path -> path.endsWith("lending-realm.json"))
                .findFirst()
                .orElseThrow();
        // Those for signing in otherwise have no part in these tests
        return JsonPath.from(file.toFile()).<Map<String, Object>>getList("authenticationFlows").stream()
                .filter(flow -> FIRST_LOGIN.contains(flow.get("alias")))
                .toList();
    }

    TestRealm realm() {
        return realm;
    }

    TestOrg northbank() {
        return northbank;
    }

    TestOrg harbor() {
        return harbor;
    }

    TestClient app() {
        return app;
    }

    HandIdp northbankIdp() {
        return northbankIdp;
    }

    HandIdp harborIdp() {
        return harborIdp;
    }

    /** A further identity provider of a lender. */
    HandIdp idp(String alias, TestOrg org, SigningKey key) {
        HandIdp idp = new HandIdp(alias, org.alias() + ".example", key);
        createProvider(Map.of(
                "alias",
                alias,
                "providerId",
                "saml",
                "enabled",
                true,
                "firstBrokerLoginFlowAlias",
                FLOW,
                "config",
                Map.of(
                        "idpEntityId", idp.entityId(),
                        "singleSignOnServiceUrl", "http://idp.example/sso",
                        "singleLogoutServiceUrl", "http://idp.example/slo",
                        "signingCertificate", key.base64(),
                        "validateSignature", "true",
                        "wantAssertionsSigned", "false",
                        "postBindingResponse", "true",
                        "syncMode", "IMPORT",
                        "nameIDPolicyFormat", HandBuilt.PERSISTENT)));
        org.linkProvider(alias);
        for (String[] field : new String[][] {{"urn:oid:2.5.4.42", "firstName"}, {"urn:oid:2.5.4.4", "lastName"}}) {
            mapper(
                    alias,
                    "saml-user-attribute-idp-mapper",
                    field[1],
                    Map.of("attribute.name", field[0], "user.attribute", field[1], "syncMode", "INHERIT"));
        }
        rulesIds.put(alias, mapper(alias, "tenant-saml-rules", "rules", Map.of()));
        return idp;
    }

    void createProvider(Map<String, ?> representation) {
        realm.admin()
                .body(representation)
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
    }

    /** The account anew, with its link and without its memberships: removing a managed member deletes it. */
    TestUser keepLinkOnly(String username, HandIdp idp) {
        String id = (String) account(username).get("id");
        List<Map<String, Object>> links = get("/users/" + id + "/federated-identity");
        new TestUser(realm, id, username).delete();
        TestUser again = realm.user(username, Map.of("email", username + "@" + idp.domain()));
        realm.admin()
                .body(links.get(0))
                .post("/users/{id}/federated-identity/{alias}", again.id(), idp.alias())
                .then()
                .statusCode(204);
        return again;
    }

    /** The links of an account: provider and name there. */
    List<String> links(String userId) {
        return this.<Map<String, Object>>get("/users/" + userId + "/federated-identity").stream()
                .map(link -> link.get("identityProvider") + "=" + link.get("userId"))
                .toList();
    }

    /** Signs a person in through its provider. */
    Tokens signIn(HandIdp idp, String person) {
        Asked asked = ask(idp);
        return asked.tokens(asked.send(asked.answer(person)));
    }

    /** A way of a signed-in browser to add a link to the provider. */
    Asked askToLink(Browser browser, HandIdp idp) {
        LoginAttempt linking = app.open(browser, "openid", Map.of("kc_action", "idp_link:" + idp.alias()));
        if (!linking.page().uri().toString().startsWith("http://idp.example")) {
            linking = linking.submit(Map.of());
        }
        return asked(browser, idp, linking);
    }

    /** How somebody is a member of a lender. */
    String membership(TestOrg org, String userId) {
        return realm.admin()
                .get("/organizations/{org}/members/{user}", org.id(), userId)
                .then()
                .statusCode(200)
                .extract()
                .path("membershipType");
    }

    String mapper(String alias, String type, String name, Map<String, String> config) {
        Response created = realm.admin()
                .body(Map.of(
                        "name", name,
                        "identityProviderAlias", alias,
                        "identityProviderMapper", type,
                        "config", config))
                .post("/identity-provider/instances/{alias}/mappers", alias);
        created.then().statusCode(201);
        String location = created.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void removeRules(HandIdp idp) {
        realm.admin()
                .delete("/identity-provider/instances/{alias}/mappers/{id}", idp.alias(), rulesIds.get(idp.alias()))
                .then()
                .statusCode(204);
    }

    /** Replaces the settings of the rules; none for the defaults. */
    void rules(HandIdp idp, Map<String, String> config) {
        String id = rulesIds.get(idp.alias());
        realm.admin()
                .body(Map.of(
                        "id",
                        id,
                        "name",
                        "rules",
                        "identityProviderAlias",
                        idp.alias(),
                        "identityProviderMapper",
                        "tenant-saml-rules",
                        "config",
                        config))
                .put("/identity-provider/instances/{alias}/mappers/{id}", idp.alias(), id)
                .then()
                .statusCode(204);
    }

    /** Changes fields of an identity provider; those of its config are merged. */
    void provider(String alias, Map<String, ?> fields, Map<String, String> config) {
        TestProvider.update(realm, alias, fields, config);
    }

    /** A browser on its way to an identity provider, with the request that it carries. */
    Asked ask(HandIdp idp) {
        return ask(idp, "openid organization");
    }

    Asked ask(HandIdp idp, String scope) {
        return ask(new Browser(), idp, scope);
    }

    Asked ask(Browser browser, HandIdp idp, String scope) {
        LoginAttempt attempt = app.open(browser, scope, Map.of("kc_idp_hint", idp.alias()));
        return asked(browser, idp, attempt);
    }

    Asked asked(Browser browser, HandIdp idp, LoginAttempt attempt) {
        Page away = attempt.page();
        assertThat(away.uri().toString()).as("%s", away.text()).startsWith("http://idp.example/sso");
        String relayState = away.parameter("RelayState").orElseThrow();
        String request = inflate(away.parameter("SAMLRequest").orElseThrow());
        String id = Xml.parse(request).getDocumentElement().getAttribute("ID");
        return new Asked(this, browser, idp, attempt, relayState, id);
    }

    /** The address that an identity provider answers to. */
    String endpoint(String alias) {
        return realm.issuer() + "/broker/" + alias + "/endpoint";
    }

    /** Where it answers what nobody asked. */
    String unsolicitedEndpoint(HandIdp idp) {
        return endpoint(idp.alias()) + "/clients/" + PORTAL;
    }

    /** A response that nobody asked for. */
    HandBuilt unsolicited(HandIdp idp, String person) {
        return new HandBuilt(idp, unsolicitedEndpoint(idp), realm.issuer(), null, person);
    }

    /** Presents an unsolicited response. */
    Page present(HandIdp idp, HandBuilt response) {
        return new Browser()
                .post(
                        URI.create(unsolicitedEndpoint(idp)),
                        "SAMLResponse=" + URLEncoder.encode(response.encoded(), StandardCharsets.UTF_8));
    }

    <T> List<T> get(String path) {
        int query = path.indexOf('?');
        var request = realm.admin();
        if (query >= 0) {
            for (String pair : path.substring(query + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                request.queryParam(parts[0], parts[1]);
            }
        }
        return request.get(query >= 0 ? path.substring(0, query) : path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("");
    }

    /** The account of this name. */
    Map<String, Object> account(String username) {
        List<Map<String, Object>> found = get("/users?exact=true&username=" + username);
        assertThat(found).as("accounts named %s", username).hasSize(1);
        return found.get(0);
    }

    boolean hasAccount(String username) {
        return !get("/users?exact=true&username=" + username).isEmpty();
    }

    List<String> groupsIn(TestOrg org, String group) {
        List<Map<String, Object>> groups = get("/organizations/" + org.id() + "/groups?search=" + group);
        List<Map<String, Object>> members =
                get("/organizations/" + org.id() + "/groups/" + groups.get(0).get("id") + "/members");
        return members.stream().map(member -> (String) member.get("username")).toList();
    }

    List<String> members(TestOrg org) {
        List<Map<String, Object>> members = get("/organizations/" + org.id() + "/members?max=500");
        return members.stream().map(member -> (String) member.get("username")).toList();
    }

    /** Details of our last refusal; at the end of a first login the server adds an event of its own. */
    Map<String, String> lastRefusal() {
        return this.<Map<String, Object>>get("/events?type=IDENTITY_PROVIDER_LOGIN_ERROR&max=5").stream()
                .map(event -> (Map<?, ?>) event.get("details"))
                .filter(details -> details != null && details.containsKey("rule"))
                .findFirst()
                .map(details -> {
                    Map<String, String> texts = new HashMap<>();
                    details.forEach((key, value) -> texts.put((String) key, (String) value));
                    return texts;
                })
                .orElseThrow(() -> new AssertionError("no refusal of ours"));
    }

    /** Details of the last event of a type. */
    Map<String, String> lastEvent(String type) {
        return realm.admin()
                .queryParam("type", type)
                .queryParam("max", 1)
                .get("/events")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("[0].details");
    }

    /** Whether a selector is revoked downstream. */
    boolean revoked(Selector selector) {
        return realm.server().redis().exists(realm.redisKeys().cutoff(selector));
    }

    /** What the realm decrypts with. */
    X509Certificate encryptionCertificate() {
        List<Map<String, Object>> keys = realm.admin()
                .get("/keys")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("keys");
        String certificate = keys.stream()
                .filter(key -> "ENC".equals(key.get("use")) && key.get("certificate") != null)
                .map(key -> (String) key.get("certificate"))
                .findFirst()
                .orElseThrow();
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(certificate)));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A SAML application, which IdP-initiated sign-in leads to. */
    private void createPortal() {
        realm.admin()
                .body(Map.of(
                        "clientId",
                        PORTAL,
                        "protocol",
                        "saml",
                        "redirectUris",
                        List.of("http://portal.example/*"),
                        "attributes",
                        Map.of(
                                "saml_idp_initiated_sso_url_name", PORTAL,
                                "saml_assertion_consumer_url_post", "http://portal.example/acs",
                                "saml.client.signature", "false")))
                .post("/clients")
                .then()
                .statusCode(201);
    }

    private static String inflate(String parameter) {
        try {
            byte[] deflated = Base64.getDecoder().decode(parameter);
            return new String(
                    new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true)).readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String person() {
        return "person-" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    public void close() {
        realm.close();
    }
}
