package io.tenantry.it.pages;

import io.restassured.path.json.JsonPath;
import io.tenantry.it.Mailbox;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.stack.StackHome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A realm with lenders that look well, that look hostile and that say nothing, and with every page switched on. */
final class BrandedRealm implements AutoCloseable {
    static final String NORTHBANK = "northbank";
    static final String HARBOR = "harbor";
    static final String EVIL = "evil";
    static final String EVIL_NAME = "Evil \"><script>alert(1)</script> &lt;b&gt; <a href=//evil.test>Söhne</a>";
    static final List<String> LANGUAGES = List.of("ar", "de", "en", "es", "fr", "pt");

    /** The flow of a first corporate sign-in that asks before it replaces a link to another account there. */
    private static final String OVERRIDE = "override";

    private static final String CHEAP_HASH = "hashAlgorithm(pbkdf2-sha256) and hashIterations(10)";

    /** What a lender's administrator with bad intent might write, in every attribute. */
    private static final Map<String, String> HOSTILE = Map.of(
            "branding.name", "Northbank\u202e",
            "branding.logo", "https://evil.test/pixel.svg",
            "branding.color", "#123456}body{display:none",
            "branding.color.dark", "url(https://evil.test/x)",
            "branding.background", "red;background:url(//evil.test)",
            "branding.background.dark", "</style><script>alert(1)</script>",
            "branding.support", "javascript:alert(1)",
            "branding.privacy", "https://evil.test/privacy",
            "branding.legal", "Call \u202e0800 EVIL");

    final TestRealm realm;
    final TestRealm corporate;
    final Mailbox mail = new Mailbox();
    /** Asks for the email first. */
    final TestClient app;
    /** Asks for email and password on one page. */
    final TestClient forms;
    /** Asks for a security key. */
    final TestClient keys;
    /** Asks for a second factor, of several. */
    final TestClient ways;
    /** Asks for the email on one page and for the password on the next. */
    final TestClient parted;
    /** Has an authenticator app set up anew. */
    final TestClient resets;

    private final Map<String, TestOrg> lenders = new HashMap<>();

    BrandedRealm(TestServer server) {
        corporate = server.createRealm(Map.of("passwordPolicy", CHEAP_HASH));
        Map<String, Object> fields = new HashMap<>(Map.of(
                "loginTheme",
                "tenantry",
                "emailTheme",
                "tenantry",
                "displayName",
                "Lending",
                "internationalizationEnabled",
                true,
                "supportedLocales",
                LANGUAGES,
                "defaultLocale",
                "en",
                "registrationAllowed",
                true,
                "resetPasswordAllowed",
                true,
                "passwordPolicy",
                CHEAP_HASH + " and length(8) and notUsername and tenantPolicy",
                "browserSecurityHeaders",
                shippedHeaders()));
        fields.put("rememberMe", true);
        fields.put(
                "authenticationFlows",
                List.of(
                        flow("forms", true, "auth-cookie ALTERNATIVE", "forms steps ALTERNATIVE"),
                        flow("forms steps", false, "auth-username-password-form REQUIRED", "forms otp CONDITIONAL"),
                        flow("forms otp", false, "conditional-user-configured REQUIRED", "auth-otp-form REQUIRED"),
                        flow("keys", true, "auth-username-form REQUIRED", "webauthn-authenticator REQUIRED"),
                        flow("ways", true, "auth-username-password-form REQUIRED", "ways steps REQUIRED"),
                        flow(
                                "ways steps",
                                false,
                                "auth-otp-form ALTERNATIVE",
                                "auth-recovery-authn-code-form ALTERNATIVE"),
                        flow("parted", true, "auth-username-form REQUIRED", "auth-password-form REQUIRED"),
                        flow("resets", true, "auth-username-password-form REQUIRED", "reset-otp REQUIRED"),
                        flow(
                                OVERRIDE,
                                true,
                                "idp-detect-existing-broker-user REQUIRED",
                                "idp-confirm-override-link REQUIRED")));
        fields.putAll(mail.realmFields());
        realm = server.createRealm(fields);
        app = realm.publicClient("app");
        forms = realm.publicClient("forms").update(flowOverride("forms"));
        keys = realm.publicClient("keys").update(flowOverride("keys"));
        ways = realm.publicClient("ways").update(flowOverride("ways"));
        parted = realm.publicClient("parted").update(flowOverride("parted"));
        resets = realm.publicClient("resets").update(flowOverride("resets"));
        configure("resets", "reset-otp", Map.of("action_on_otp_reset_flag", "Remove one"));
        lender(
                NORTHBANK,
                "Northbank",
                Map.of(
                        "branding.color",
                        "#0b4f8a",
                        "branding.color.dark",
                        "#1f6fb8",
                        "branding.logo",
                        "northbank.svg",
                        "branding.support",
                        "mailto:help@northbank.example",
                        "branding.privacy",
                        "https://www.northbank.example/privacy",
                        "branding.legal",
                        "Northbank plc, 1 Harbour Street, Northport. Authorised by the Northland Financial Authority.",
                        "password-policy",
                        "length(14)"));
        lender(
                HARBOR,
                "Harbor Credit Union",
                Map.of(
                        "branding.color",
                        "#f7e017",
                        "branding.background",
                        "#000000",
                        "branding.background.dark",
                        "#ffffff",
                        "branding.logo",
                        "harbor.svg"));
        lender(EVIL, EVIL_NAME, HOSTILE);
    }

    /** Another that asks for email and password on one page. */
    TestClient formsApplication(String clientId, Map<String, String> attributes) {
        return realm.publicClient(clientId).update(flowOverride("forms")).update(Map.of("attributes", attributes));
    }

    TestOrg lender(String alias) {
        return lenders.get(alias);
    }

    /** The browser of somebody who was never here. */
    Screen screen(Chromium chromium) {
        return new Screen(chromium.browser(), realm.server().keycloak().baseUri());
    }

    /** A member of these. */
    TestUser member(String name, String... aliases) {
        return member(name, Map.of(), aliases);
    }

    TestUser member(String name, Map<String, ?> fields, String... aliases) {
        Map<String, Object> all = new HashMap<>(Map.of("email", name + "@" + aliases[0] + ".example"));
        all.putAll(fields);
        TestUser user = realm.user(name, all);
        for (String alias : aliases) {
            lender(alias).add(user);
        }
        return user;
    }

    /** A SAML login at the realm {@link #corporate} whose every answer is refused; of a lender, or of none: empty. */
    void refusedLogin(String alias) {
        String idp = corporateLogin("corporate-", alias, Map.of(), Map.of());
        realm.admin()
                .body(Map.of(
                        "name",
                        "rules",
                        "identityProviderAlias",
                        idp,
                        "identityProviderMapper",
                        "tenant-saml-rules",
                        "config",
                        Map.of("assertion.signed", "true")))
                .post("/identity-provider/instances/{alias}/mappers", idp)
                .then()
                .statusCode(201);
    }

    /** Another whose answers are believed. */
    void believedLogin(String alias) {
        corporateLogin("believed-", alias, Map.of(), Map.of());
    }

    /** Another that is asked by a form, and that somebody has a link to already: to another account there. */
    void relinkingLogin(String alias, TestUser linked) {
        String idp = corporateLogin(
                "relinking-",
                alias,
                Map.of("firstBrokerLoginFlowAlias", OVERRIDE),
                Map.of("postBindingAuthnRequest", "true"));
        realm.admin()
                .body(Map.of("userId", "former", "userName", "former@example.test"))
                .post("/users/{id}/federated-identity/{idp}", linked.id(), idp)
                .then()
                .statusCode(204);
    }

    /** A sign-in elsewhere that the first page offers, of a kind that Keycloak knows, such as {@code google}. */
    void socialLogin(String kind) {
        realm.admin()
                .body(Map.of(
                        "alias",
                        kind,
                        "providerId",
                        kind,
                        "enabled",
                        true,
                        "config",
                        Map.of("clientId", "lending", "clientSecret", "none")))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
    }

    void removeLogin(String alias) {
        realm.admin()
                .delete("/identity-provider/instances/{alias}", alias)
                .then()
                .statusCode(204);
    }

    private String corporateLogin(String prefix, String alias, Map<String, ?> more, Map<String, ?> config) {
        corporate
                .admin()
                .body(Map.of(
                        "clientId",
                        realm.issuer(),
                        "protocol",
                        "saml",
                        "redirectUris",
                        List.of(realm.issuer() + "/*"),
                        "attributes",
                        Map.of("saml.client.signature", "false", "saml.assertion.signature", "false")))
                .post("/clients")
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(201, 409));
        String idp = prefix + alias;
        Map<String, Object> settings = new HashMap<>(Map.of(
                "singleSignOnServiceUrl",
                corporate.issuer() + "/protocol/saml",
                "idpEntityId",
                corporate.issuer(),
                "nameIDPolicyFormat",
                "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
                "postBindingResponse",
                "true",
                "principalType",
                "SUBJECT"));
        settings.putAll(config);
        Map<String, Object> provider = new HashMap<>(
                Map.of("alias", idp, "providerId", "saml", "enabled", true, "hideOnLogin", true, "config", settings));
        provider.putAll(more);
        realm.admin().body(provider).post("/identity-provider/instances").then().statusCode(201);
        if (!alias.isEmpty()) {
            lender(alias).linkProvider(idp);
        }
        return idp;
    }

    /** Lets people be asked for an action that Keycloak ships switched off. */
    void enable(String requiredAction) {
        enable(requiredAction, true);
    }

    void enable(String requiredAction, boolean enabled) {
        Map<String, Object> action = realm.admin()
                .get("/authentication/required-actions/{alias}", requiredAction)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        action.put("enabled", enabled);
        realm.admin()
                .body(action)
                .put("/authentication/required-actions/{alias}", requiredAction)
                .then()
                .statusCode(204);
    }

    /** Everybody may delete their account, which Keycloak has as a role of its account console. */
    void letAccountsBeDeleted() {
        enable("delete_account");
        String account =
                realm.admin().get("/clients?clientId=account").jsonPath().getString("[0].id");
        Map<String, Object> role = realm.admin()
                .get("/clients/{id}/roles/delete-account", account)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        realm.admin()
                .body(List.of(role))
                .post("/roles/{role}/composites", "default-roles-" + realm.name())
                .then()
                .statusCode(204);
    }

    private void configure(String flow, String authenticator, Map<String, String> config) {
        String execution = realm.admin()
                .get("/authentication/flows/{flow}/executions", flow)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("find { it.providerId == '" + authenticator + "' }.id");
        realm.admin()
                .body(Map.of("alias", flow + ' ' + authenticator, "config", config))
                .post("/authentication/executions/{id}/config", execution)
                .then()
                .statusCode(201);
    }

    private void lender(String alias, String name, Map<String, String> attributes) {
        TestOrg org = realm.org(alias);
        Map<String, Object> values = new HashMap<>();
        attributes.forEach((key, value) -> values.put(key, List.of(value)));
        lenders.put(alias, org.update(Map.of("name", name, "attributes", values)));
    }

    private Map<String, ?> flowOverride(String alias) {
        List<Map<String, Object>> flows = realm.admin()
                .get("/authentication/flows")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("");
        Object id = flows.stream()
                .filter(flow -> alias.equals(flow.get("alias")))
                .findFirst()
                .orElseThrow()
                .get("id");
        return Map.of("authenticationFlowBindingOverrides", Map.of("browser", id));
    }

    /** Steps are authenticators, or other flows, whose names have a space. */
    private static Map<String, Object> flow(String alias, boolean topLevel, String... steps) {
        List<Map<String, Object>> executions = new ArrayList<>();
        for (String step : steps) {
            int end = step.lastIndexOf(' ');
            String name = step.substring(0, end);
            boolean flow = name.contains(" ");
            executions.add(Map.of(
                    flow ? "flowAlias" : "authenticator",
                    name,
                    "authenticatorFlow",
                    flow,
                    "requirement",
                    step.substring(end + 1),
                    "priority",
                    executions.size() * 10 + 10));
        }
        return Map.of(
                "alias",
                alias,
                "providerId",
                "basic-flow",
                "topLevel",
                topLevel,
                "builtIn",
                false,
                "authenticationExecutions",
                executions);
    }

    /** Those that the shipped realm has: its pages must work under them. */
    private static Map<String, Object> shippedHeaders() {
        return StackHome.find().realms().stream()
                .filter(path -> path.endsWith("lending-realm.json"))
                .map(path -> JsonPath.from(path.toFile()).<String, Object>getMap("browserSecurityHeaders"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        realm.close();
        corporate.close();
        mail.close();
    }
}
