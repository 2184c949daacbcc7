package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another Keycloak realm as a lender's corporate login, over SAML and over OpenID Connect. */
@WithServer
class CorporateLoginIT {
    private static final String SAML = "corporate-saml";
    private static final String OIDC = "corporate-oidc";

    private static Brokering realm;
    private static TestRealm corporate;
    private static String oidcRules;

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(server);
        corporate = server.createRealm(Map.of("eventsListeners", List.of("jboss-logging")));
        createSaml();
        createOidc();
    }

    @AfterAll
    static void stop() {
        corporate.close();
        realm.close();
    }

    @AfterEach
    void defaults() {
        oidcRules(Map.of());
    }

    @Test
    void employeeComesInOverSamlAndTheLenderIsActive() {
        employee("northbank.example", true);

        Tokens tokens = login(SAML).tokens();

        assertThat(tokens.accessClaims().get("organization")).asString().contains("northbank");
        assertThat(realm.members(realm.northbank())).contains(person);
    }

    @Test
    void employeeWithAnAddressOfAnotherLenderStaysOutOverSaml() {
        employee("harbor.example", true);
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "email-domain", login(SAML).page(), before);
    }

    @Test
    void employeeComesInOverOpenIdConnectAndTheLenderIsActive() {
        employee("northbank.example", true);

        Tokens tokens = login(OIDC).tokens();

        assertThat(tokens.accessClaims().get("organization")).asString().contains("northbank");
        assertThat(realm.members(realm.northbank())).contains(person);
    }

    @Test
    void employeeWithAnAddressOfAnotherLenderStaysOutOverOpenIdConnect() {
        employee("harbor.example", true);
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "email-domain", login(OIDC).page(), before);
    }

    @Test
    void addressThatTheProviderDidNotVerifyStaysOut_CVE_2026_14781() {
        employee("northbank.example", false);
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "email-verified", login(OIDC).page(), before);
    }

    @Test
    void weakAcrStaysOut() {
        oidcRules(Map.of("acr.values", "urn:example:mfa"));
        employee("northbank.example", true);
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "authentication-context", login(OIDC).page(), before);
    }

    @Test
    void missingClaimStaysOut() {
        oidcRules(Map.of("claims.required", "[{\"key\":\"department\",\"value\":\"lending\"}]"));
        employee("northbank.example", true);
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "required-attributes", login(OIDC).page(), before);
    }

    @Test
    void freshSignInWithKnownAgeComesIn() {
        oidcRules(Map.of("auth.max.age", "300"));
        employee("northbank.example", true);
        assertThat(login(OIDC).tokens().status()).isEqualTo(200);
    }

    @Test
    void signInThatIsTooOldStaysOut() throws InterruptedException {
        oidcRules(Map.of("auth.max.age", "1"));
        employee("northbank.example", true);
        Browser browser = new Browser();
        // At the corporate login, well before the lending application is opened
        corporate
                .publicClient("intranet-" + person)
                .open(browser, "openid")
                .credentials(new TestUser(corporate, "", person), TestUser.PASSWORD)
                .tokens();
        Thread.sleep(3_000);
        Written before = Written.in(realm);
        Page refused = realm.app()
                .open(browser, "openid organization", Map.of("kc_idp_hint", OIDC))
                .page();
        HostileSamlIT.assertRefusal(realm, "authentication-age", refused, before);
    }

    @Test
    void unknownEmployeeStaysOutWhereOnlyMembersMay() {
        oidcRules(Map.of("unknown.users.allowed", "false"));
        employee("northbank.example", true);
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "unknown-user", login(OIDC).page(), before);
    }

    @Test
    void addressChangedOnALaterLoginStaysOutOverOpenIdConnect() {
        TestUser user = employee("northbank.example", true);
        assertThat(login(OIDC).tokens().status()).isEqualTo(200);
        user.update(Map.of("email", person + "@harbor.example"));
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "email-domain", login(OIDC).page(), before);
    }

    @Test
    void providerWithoutALenderSignsNobodyInOverOpenIdConnect() {
        employee("northbank.example", true);
        realm.northbank().unlinkProvider(OIDC);
        try {
            Written before = Written.in(realm);
            HostileSamlIT.assertNobodyCameIn(realm, login(OIDC).page(), before);
            assertThat(realm.lastRefusal()).containsEntry("rule", "tenant-binding");
        } finally {
            realm.northbank().linkProvider(OIDC);
        }
    }

    @Test
    void linkOnlyProviderSignsNobodyInOverOpenIdConnect_CVE_2026_9087_CVE_2026_16442() {
        employee("northbank.example", true);
        LoginAttempt attempt = realm.app().open(new Browser(), "openid organization", Map.of("kc_idp_hint", OIDC));
        realm.provider(OIDC, Map.of("linkOnly", true), Map.of());
        try {
            Written before = Written.in(realm);
            HostileSamlIT.assertRefusal(
                    realm, "link-only", atTheCorporateLogin(attempt).page(), before);
        } finally {
            realm.provider(OIDC, Map.of("linkOnly", false), Map.of());
        }
    }

    private TestUser employee(String domain, boolean verified) {
        return corporate.user(person, Map.of("email", person + '@' + domain, "emailVerified", verified));
    }

    private LoginAttempt login(String alias) {
        return atTheCorporateLogin(
                realm.app().open(new Browser(), "openid organization", Map.of("kc_idp_hint", alias)));
    }

    private LoginAttempt atTheCorporateLogin(LoginAttempt attempt) {
        Page page = attempt.page().submit(Map.of("username", person, "password", TestUser.PASSWORD));
        if (page.body().contains("SAMLResponse")) {
            page = page.submit(Map.of());
        }
        return new LoginAttempt(attempt.client(), attempt.pkce(), page);
    }

    private static void createSaml() {
        corporate
                .admin()
                .body(Map.of(
                        "clientId",
                        realm.realm().issuer(),
                        "protocol",
                        "saml",
                        "redirectUris",
                        List.of(realm.endpoint(SAML)),
                        "attributes",
                        Map.of(
                                "saml.assertion.signature", "true",
                                "saml.server.signature", "true",
                                "saml.client.signature", "false",
                                "saml.force.post.binding", "true",
                                "saml_name_id_format", "username"),
                        "protocolMappers",
                        List.of(
                                property("email", "urn:oid:1.2.840.113549.1.9.1"),
                                property("firstName", "urn:oid:2.5.4.42"),
                                property("lastName", "urn:oid:2.5.4.4"))))
                .post("/clients")
                .then()
                .statusCode(201);
        realm.createProvider(Map.of(
                "alias",
                SAML,
                "providerId",
                "saml",
                "enabled",
                true,
                "firstBrokerLoginFlowAlias",
                Brokering.FLOW,
                "config",
                Map.of(
                        "idpEntityId", corporate.issuer(),
                        "singleSignOnServiceUrl", corporate.issuer() + "/protocol/saml",
                        "metadataDescriptorUrl", corporate.issuer() + "/protocol/saml/descriptor",
                        "useMetadataDescriptorUrl", "true",
                        "validateSignature", "true",
                        "postBindingResponse", "true",
                        "allowedClockSkew", "5",
                        "nameIDPolicyFormat", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified")));
        realm.northbank().linkProvider(SAML);
        realm.mapper(SAML, "tenant-saml-rules", "rules", Map.of());
        realm.mapper(
                SAML,
                "saml-user-attribute-idp-mapper",
                "first name",
                Map.of("attribute.name", "urn:oid:2.5.4.42", "user.attribute", "firstName"));
        realm.mapper(
                SAML,
                "saml-user-attribute-idp-mapper",
                "last name",
                Map.of("attribute.name", "urn:oid:2.5.4.4", "user.attribute", "lastName"));
    }

    private static Map<String, Object> property(String property, String name) {
        return Map.of(
                "name",
                property,
                "protocol",
                "saml",
                "protocolMapper",
                "saml-user-property-mapper",
                "config",
                Map.of("user.attribute", property, "attribute.name", name, "attribute.nameformat", "URI Reference"));
    }

    private static void createOidc() {
        TestClient broker = corporate.confidentialClient("lending");
        broker.update(Map.of("redirectUris", List.of(realm.endpoint(OIDC))));
        Map<String, String> config = new HashMap<>(Map.of(
                "issuer",
                corporate.issuer(),
                "authorizationUrl",
                corporate.issuer() + "/protocol/openid-connect/auth",
                "tokenUrl",
                corporate.issuer() + "/protocol/openid-connect/token",
                "userInfoUrl",
                corporate.issuer() + "/protocol/openid-connect/userinfo",
                "jwksUrl",
                corporate.issuer() + "/protocol/openid-connect/certs",
                "useJwksUrl",
                "true",
                "validateSignature",
                "true",
                "clientId",
                broker.clientId(),
                "clientSecret",
                broker.secret(),
                "defaultScope",
                "openid profile email"));
        config.put("clientAuthMethod", "client_secret_post");
        realm.createProvider(Map.of(
                "alias",
                OIDC,
                "providerId",
                "oidc",
                "enabled",
                true,
                "firstBrokerLoginFlowAlias",
                Brokering.FLOW,
                "config",
                config));
        realm.northbank().linkProvider(OIDC);
        oidcRules = realm.mapper(OIDC, "tenant-oidc-rules", "rules", Map.of());
    }

    private static void oidcRules(Map<String, String> config) {
        realm.realm()
                .admin()
                .body(Map.of(
                        "id", oidcRules,
                        "name", "rules",
                        "identityProviderAlias", OIDC,
                        "identityProviderMapper", "tenant-oidc-rules",
                        "config", config))
                .put("/identity-provider/instances/{alias}/mappers/{id}", OIDC, oidcRules)
                .then()
                .statusCode(204);
    }
}
