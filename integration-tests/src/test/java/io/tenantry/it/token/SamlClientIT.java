package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestProvider;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications that people sign in to by SAML are told of tenants, and whom they get to see. */
@WithServer
class SamlClientIT {
    private static final String MAPPER = "tenant-saml-attributes";
    private static final String NOT_SERVED = "This application is not for you";
    private static final String OTHER_WAY = "sign in another way";

    @Test
    void anApplicationIsToldOfItsTenantAndOfTheRolesThere(TestRealm realm) {
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of("tenant.allowed", "harbor"))
                .mapper(MAPPER, Map.of());

        Map<String, List<String>> told =
                SamlApplication.told(app.signIn(lenders.alice())).attributes();

        assertThat(told)
                .containsEntry("tenant_id", List.of("harbor"))
                .containsEntry("tenant_roles", List.of("analyst", "underwriter"))
                .containsEntry("organization", List.of("harbor"));
        assertThat(realm.admin().get("/events?type=LOGIN").jsonPath().getList("details.tenant_id"))
                .containsExactly("harbor");
    }

    @Test
    void theNamesAndTheRolesAreThoseOfTheMapper(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of())
                .mapper(
                        MAPPER,
                        Map.of(
                                "tenant.id.attribute", "lender",
                                "tenant.roles.attribute", "urn:acme:roles",
                                "tenant.roles.prefix", "under",
                                "tenant.allowed", "harbor"));

        assertThat(SamlApplication.told(app.signIn(lenders.alice())).attributes())
                .containsEntry("lender", List.of("harbor"))
                .containsEntry("urn:acme:roles", List.of("underwriter"))
                .doesNotContainKeys("tenant_id", "tenant_roles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"attribute", "mapper"})
    void peopleOfOthersGetNoAssertionWhicheverWayTheyCome(String place, TestRealm realm) {
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        TestUser bob = realm.user("bob");
        lenders.northbank().add(bob);
        TestUser dave = realm.user("dave");
        TestClient other = realm.publicClient("other");
        SamlApplication app = place.equals("attribute")
                ? SamlApplication.in(realm, "app", Map.of("tenant.allowed", "harbor"))
                : SamlApplication.in(realm, "app", Map.of()).mapper(MAPPER, Map.of("tenant.allowed", "harbor"));

        for (TestUser stranger : List.of(bob, dave)) {
            Browser signedIn = new Browser();
            assertThat(other.open(signedIn, "openid")
                            .credentials(stranger, TestUser.PASSWORD)
                            .atApplication())
                    .isTrue();
            for (Page refused : List.of(
                    app.signIn(stranger),
                    SamlApplication.credentials(app.openAtKeycloak(new Browser()), stranger),
                    app.open(signedIn),
                    app.openAtKeycloak(signedIn),
                    app.open(signedIn, "IsPassive='true'"))) {
                assertThat(SamlApplication.leads(refused)).isFalse();
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.text()).contains(NOT_SERVED);
            }
            Response enhanced = app.enhancedClient(stranger);
            assertThat(enhanced.asString()).doesNotContain("Assertion", "NameID");
            assertThat(enhanced.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(other.open(signedIn, "openid").atApplication())
                    .as("the session that it came with is as it was")
                    .isTrue();
        }
        assertThat(realm.admin()
                        .get("/events?type=LOGIN_ERROR&client=app&max=50")
                        .jsonPath()
                        .getList("error"))
                .hasSize(12)
                .containsOnly("tenant_unavailable");
        assertThat(realm.admin()
                        .get("/events?type=LOGIN_ERROR&client=app&max=50")
                        .jsonPath()
                        .<String>getList("details.reason"))
                .allMatch(reason -> reason.contains("not available"));
        assertThat(realm.admin().get("/events?type=LOGIN&client=app").jsonPath().getList(""))
                .isEmpty();

        assertThat(app.enhancedClient(lenders.alice()).asString()).contains("Assertion", ">harbor<");
        assertThat(SamlApplication.told(SamlApplication.credentials(app.openAtKeycloak(new Browser()), lenders.alice()))
                        .attributes())
                .containsEntry("organization", List.of("harbor"));
    }

    @Test
    void aClientWithoutSettingsInARealmWithoutThePackIsToldWhatKeycloakTells(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of())
                .mapper(
                        "saml-hardcode-attribute-mapper",
                        Map.of("attribute.name", "tenant_id", "attribute.value", "its own"));

        Map<String, List<String>> told =
                SamlApplication.told(app.signIn(lenders.alice())).attributes();

        assertThat(told).containsEntry("tenant_id", List.of("its own"));
        assertThat(told.get("organization")).containsExactlyInAnyOrder("northbank", "harbor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client scope", "flow", "host names"})
    void inARealmThatUsesThePackKeycloaksMapperNamesTheActiveTenantAlone(String use, TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestUser bob = realm.user("bob");
        lenders.northbank().add(bob);
        switch (use) {
            case "client scope" -> Lenders.scope(realm, "tenant", Map.of(), Lenders.EVERYWHERE);
            case "flow" -> TenantFlow.install(realm);
            default -> realm.update(Map.of("attributes", Map.of("tenant.host.pattern", "{tenant}.login.example")));
        }
        SamlApplication app = SamlApplication.in(realm, "app", Map.of());

        SamlApplication.Told ofSeveral = SamlApplication.told(app.signIn(lenders.alice()));
        assertThat(ofSeveral.attributes()).doesNotContainKey("organization");
        assertThat(ofSeveral.statements()).allMatch(size -> size > 0);
        assertThat(SamlApplication.told(app.signIn(bob)).attributes())
                .containsEntry("organization", List.of("northbank"));
        lenders.northbank().attribute("login.level", "2");
        if (!use.equals("flow")) {
            assertThat(SamlApplication.told(app.signIn(bob)).attributes()).doesNotContainKey("organization");
        }
    }

    @Test
    void anAssertionWithoutAnyAttributeHasNoEmptyStatement(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of()).mapper(MAPPER, Map.of());
        for (Map<String, Object> scope : realm.admin()
                .get("/clients/{id}/default-client-scopes", app.id())
                .jsonPath()
                .<Map<String, Object>>getList("")) {
            if (!"saml_organization".equals(scope.get("name"))) {
                realm.admin()
                        .delete("/clients/{id}/default-client-scopes/{scope}", app.id(), scope.get("id"))
                        .then()
                        .statusCode(204);
            }
        }

        SamlApplication.Told told = SamlApplication.told(app.signIn(lenders.alice()));

        assertThat(told.statements()).isEmpty();
        assertThat(told.nameId()).isEqualTo("alice");
        assertThat(told.sessionIndex()).isNotBlank();
    }

    @Test
    void whereATenantIsRequiredSomebodyOfSeveralIsToldToSayWhich(TestRealm realm) {
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        SamlApplication app =
                SamlApplication.in(realm, "app", Map.of()).mapper(MAPPER, Map.of("tenant.required", "true"));

        Page refused = app.signIn(lenders.alice());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("belongs to several lenders");
        assertThat(realm.admin().get("/events?type=LOGIN_ERROR").jsonPath().getList("error"))
                .containsExactly("tenant_ambiguous");
    }

    @Test
    void theHostNameChoosesForThisSignInAlone(TestRealm realm) {
        TenantFlow.install(realm);
        realm.update(Map.of("attributes", Map.of("tenant.host.pattern", "{tenant}.0.0.1")));
        Lenders lenders = Lenders.in(realm);
        realm.org("127").add(lenders.alice());
        SamlApplication app = SamlApplication.in(realm, "app", Map.of()).mapper(MAPPER, Map.of());
        Browser browser = new Browser();

        assertThat(SamlApplication.told(SamlApplication.credentials(app.openAt("127.0.0.1", browser), lenders.alice()))
                        .attributes())
                .containsEntry("tenant_id", List.of("127"));
        Page again = app.open(browser);

        assertThat(SamlApplication.told(
                                SamlApplication.leads(again)
                                        ? again
                                        : SamlApplication.credentials(again, lenders.alice()))
                        .attributes())
                .doesNotContainKeys("tenant_id", "tenant_roles", "organization");
    }

    @Test
    void whatEndedBetweenTwoSignInsCountsAtTheSecond(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of("tenant.allowed", "harbor"))
                .mapper(MAPPER, Map.of());
        Map<String, List<Runnable>> endings = new LinkedHashMap<>();
        endings.put(
                "membership",
                List.of(
                        () -> lenders.harbor().remove(lenders.alice()),
                        () -> lenders.harbor().add(lenders.alice())));
        endings.put(
                "disabled",
                List.of(
                        () -> lenders.harbor().update(Map.of("enabled", false)),
                        () -> lenders.harbor().update(Map.of("enabled", true))));
        endings.put("deleted", List.of(() -> lenders.harbor().delete(), () -> {}));
        endings.forEach((what, endAndRestore) -> {
            Browser browser = new Browser();
            assertThat(SamlApplication.told(SamlApplication.credentials(app.open(browser), lenders.alice()))
                            .attributes())
                    .containsEntry("tenant_id", List.of("harbor"));
            endAndRestore.get(0).run();

            Page again = app.open(browser);
            Page refused = again.hasField("password") || again.hasField("username")
                    ? SamlApplication.credentials(again, lenders.alice())
                    : again;

            assertThat(SamlApplication.leads(refused)).as(what).isFalse();
            assertThat(refused.status()).as(what).isEqualTo(403);
            endAndRestore.get(1).run();
        });
    }

    @Test
    void aDemandThatTheSessionDoesNotMeetIsNotPassedBy(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of("tenant.allowed", "harbor"))
                .mapper(MAPPER, Map.of());
        for (Map.Entry<String, String> demand : Map.of("login.level", "2", "login.identity-provider", "corporate")
                .entrySet()) {
            lenders.harbor().update(Map.of("attributes", Map.of(demand.getKey(), List.of(demand.getValue()))));

            Page refused = app.signIn(lenders.alice());

            assertThat(refused.status()).as(demand.getKey()).isEqualTo(403);
            assertThat(refused.text()).contains(OTHER_WAY);
        }
        lenders.harbor().update(Map.of("attributes", Map.of("login.level", List.of("high"))));
        assertThat(app.signIn(lenders.alice()).status()).isEqualTo(403);
        lenders.harbor().update(Map.of("attributes", Map.of()));
        assertThat(SamlApplication.leads(app.signIn(lenders.alice()))).isTrue();
    }

    @Test
    void aSessionOfALendersProviderIsForThatLenderAlone(TestRealm realm, TestServer server) {
        Lenders lenders = Lenders.in(realm);
        try (TestRealm corporate = server.createRealm()) {
            TestUser employee = corporate.user("employee");
            TestProvider provider = TestProvider.create(realm, "corporate", corporate, Map.of());
            provider.link(lenders.alice(), employee);
            realm.admin()
                    .body("corporate")
                    .post(
                            "/organizations/{id}/identity-providers",
                            lenders.harbor().id())
                    .then()
                    .statusCode(204);
            TestClient other = realm.publicClient("other");
            SamlApplication ofAll = SamlApplication.in(realm, "of-all", Map.of());
            SamlApplication ofNorthbank =
                    SamlApplication.in(realm, "of-northbank", Map.of("tenant.allowed", "northbank"));
            SamlApplication ofHarbor = SamlApplication.in(realm, "of-harbor", Map.of("tenant.allowed", "harbor"))
                    .mapper(MAPPER, Map.of());
            Browser browser = new Browser();
            assertThat(other.open(browser, "openid", Map.of("kc_idp_hint", "corporate"))
                            .credentials(employee, TestUser.PASSWORD)
                            .atApplication())
                    .isTrue();

            assertThat(SamlApplication.told(ofAll.open(browser)).attributes())
                    .containsEntry("organization", List.of("harbor"));
            assertThat(SamlApplication.told(ofHarbor.open(browser)).attributes())
                    .containsEntry("tenant_id", List.of("harbor"));
            assertThat(ofNorthbank.open(browser).status()).isEqualTo(403);
        }
    }

    @Test
    void noOtherMapperWritesUnderTheNamesThatAreOurs(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of("tenant.allowed", "harbor"))
                .mapper(MAPPER, Map.of("tenant.roles.attribute", "roles-there"))
                .mapper(
                        "saml-hardcode-attribute-mapper",
                        Map.of("attribute.name", "tenant_id", "attribute.value", "northbank"))
                .mapper(
                        "saml-user-property-mapper",
                        Map.of("attribute.name", "roles-there", "user.attribute", "username"))
                .mapper(
                        "saml-user-attribute-mapper",
                        Map.of(
                                "attribute.name", "urn:oid:1.2.3",
                                "friendly.name", "tenant_roles",
                                "user.attribute", "email"));

        assertThat(SamlApplication.told(app.signIn(lenders.alice())).attributes())
                .containsEntry("tenant_id", List.of("harbor"))
                .containsEntry("roles-there", List.of("analyst", "underwriter"))
                .doesNotContainKey("urn:oid:1.2.3");
    }

    @Test
    void anOrderToRevokeATenantEndsTheSessionAndALogoutDoesAsEver(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of("tenant.allowed", "harbor"))
                .mapper(MAPPER, Map.of());
        Browser browser = new Browser();
        SamlApplication.Told told =
                SamlApplication.told(SamlApplication.credentials(app.open(browser), lenders.alice()));
        assertThat(sessions(lenders.alice())).hasSize(1);

        Page out = app.logout(browser, told);

        assertThat(SamlApplication.response(out).getLocalName()).isEqualTo("LogoutResponse");
        assertThat(sessions(lenders.alice())).isEmpty();

        app.signIn(lenders.alice());
        assertThat(sessions(lenders.alice())).hasSize(1);
        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);
        assertThat(sessions(lenders.alice())).hasSize(1);
        realm.admin().post("/tenantry/tenants/harbor/revoke").then().statusCode(200);
        assertThat(sessions(lenders.alice())).isEmpty();
    }

    @Test
    void settingsThatCannotBeUsedAreNotSaved(TestRealm realm) {
        SamlApplication app = SamlApplication.in(realm, "app", Map.of());

        Response refused = realm.admin()
                .body(Map.of(
                        "name",
                        MAPPER,
                        "protocol",
                        "saml",
                        "protocolMapper",
                        MAPPER,
                        "config",
                        Map.of("tenant.id.attribute", "organization")))
                .post("/clients/{id}/protocol-mappers/models", app.id());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("tenant.id.attribute");
    }

    @Test
    void aMapperThatWasMadeUnusableLetsNobodyIn(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        SamlApplication app = SamlApplication.in(realm, "app", Map.of()).mapper(MAPPER, Map.of());
        Map<String, Object> client =
                realm.admin().get("/clients/{id}", app.id()).jsonPath().getMap("");
        List<Map<String, Object>> mappers = realm.admin()
                .get("/clients/{id}/protocol-mappers/models", app.id())
                .jsonPath()
                .getList("");
        mappers.get(0).put("config", Map.of("tenant.required", "yes"));
        client.put("protocolMappers", mappers);
        realm.admin().body(client).put("/clients/{id}", app.id()).then().statusCode(204);

        assertThat(app.signIn(lenders.alice()).status()).isEqualTo(403);
    }

    @Test
    void aRealmOfATenantsOwnTellsItsNameAndItsRoles(TestServer server) {
        try (TestRealm realm = server.createRealm(
                Map.of("organizationsEnabled", false, "attributes", Map.of("tenant_id", "granite")))) {
            TestUser anna = realm.user("anna");
            SamlApplication app = SamlApplication.in(realm, "app", Map.of()).mapper(MAPPER, Map.of());

            assertThat(SamlApplication.told(app.signIn(anna)).attributes())
                    .containsEntry("tenant_id", List.of("granite"))
                    .containsEntry("tenant_roles", List.of());
        }
    }

    private static List<Object> sessions(TestUser user) {
        return user.realm()
                .admin()
                .get("/users/{id}/sessions", user.id())
                .jsonPath()
                .getList("");
    }
}
