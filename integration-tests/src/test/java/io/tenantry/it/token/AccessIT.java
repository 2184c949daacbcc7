package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tenant-access} in the browser and the direct grant flow. */
@WithServer
class AccessIT {
    @Test
    void theChosenTenantIsPartOfTheScopeAndOfTheEvents(TestRealm realm) {
        TenantFlow.install(realm);
        List<String> types = List.of("LOGIN", "CODE_TO_TOKEN", "REFRESH_TOKEN", "TOKEN_EXCHANGE");
        realm.update(Map.of("eventsEnabled", true, "enabledEventTypes", types));
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");

        Tokens tokens = app.login(lenders.alice(), "openid organization", "harbor");
        app.refresh(tokens);
        app.exchange(tokens.accessToken(), "openid").accessToken();

        assertThat(tokens.accessClaims().get("scope")).asString().contains("organization:harbor");
        for (String type : types) {
            assertThat(realm.admin().get("/events?type=" + type).jsonPath().getList("details.tenant_id"))
                    .as(type)
                    .containsExactly("harbor");
        }
    }

    @Test
    void theEventNamesTheTenantAfterARequiredActionToo(TestRealm realm) {
        TenantFlow.install(realm);
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        lenders.alice().update(Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
        TestClient app = lenders.client("app");

        LoginAttempt asked = app.open(new Browser(), "openid organization")
                .submit(Map.of("username", lenders.alice().username()))
                .organization("harbor")
                .submit(Map.of("password", TestUser.PASSWORD));
        String another = TestUser.PASSWORD + "-2";
        LoginAttempt done = asked.submit(Map.of("password-new", another, "password-confirm", another));

        assertThat(done.tokens().accessClaims()).containsEntry("tenant_id", "harbor");
        assertThat(realm.admin().get("/events?type=LOGIN").jsonPath().getList("details.tenant_id"))
                .containsExactly("harbor");
    }

    @Test
    void withoutTheStepTheEventNamesNoTenantThatTheUserIsNotIn(TestRealm realm) {
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient app = lenders.client("app");

        app.open(new Browser(), "openid organization")
                .submit(Map.of("username", lenders.alice().username()))
                .organization("summit")
                .credentials(lenders.alice(), TestUser.PASSWORD);
        app.login(lenders.alice(), "openid organization", "harbor");

        assertThat(realm.admin().get("/events?type=LOGIN").jsonPath().getList("details.tenant_id"))
                .containsExactly("harbor", null);
    }

    @Test
    void aTamperedChoiceIsRefusedWithAnErrorAndAnEvent(TestRealm realm) {
        TenantFlow.install(realm);
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient app = lenders.client("app");

        LoginAttempt form = app.open(new Browser(), "openid organization")
                .submit(Map.of("username", lenders.alice().username()))
                .organization("summit")
                .credentials(lenders.alice(), TestUser.PASSWORD);
        LoginAttempt scope =
                app.open(new Browser(), "openid organization:summit").credentials(lenders.alice(), TestUser.PASSWORD);
        LoginAttempt parameter = app.open(new Browser(), "openid", Map.of("tenant", "summit"))
                .credentials(lenders.alice(), TestUser.PASSWORD);
        LoginAttempt unknown = app.open(new Browser(), "openid", Map.of("tenant", "nowhere"))
                .credentials(lenders.alice(), TestUser.PASSWORD);

        for (LoginAttempt refused : List.of(form, scope, parameter, unknown)) {
            assertThat(refused.atApplication()).isFalse();
            assertThat(refused.page().status()).isEqualTo(403);
            assertThat(refused.page().text()).contains("You cannot sign in for that lender here");
        }
        assertThat(parameter.page().text()).isEqualTo(unknown.page().text());
        assertThat(realm.admin().get("/events?type=LOGIN_ERROR").jsonPath().getList("error"))
                .contains("tenant_unavailable")
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aParameterChoosesTheTenantWithoutTheSelectionPage(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");

        LoginAttempt attempt = app.open(new Browser(), "openid", Map.of("tenant", "harbor"))
                .credentials(lenders.alice(), TestUser.PASSWORD);

        assertThat(attempt.tokens().accessClaims()).containsEntry("tenant_id", "harbor");
    }

    @Test
    void theHostNameChoosesTheTenant(TestRealm realm) {
        TenantFlow.installDirectGrant(realm);
        realm.update(Map.of("attributes", Map.of("tenant.host.pattern", "{tenant}.login.example")));
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");

        assertThat(tokenAt(app, lenders.alice(), "harbor.login.example").get("tenant_id"))
                .isEqualTo("harbor");
        assertThat(tokenAt(app, lenders.alice(), "northbank.login.example").get("tenant_id"))
                .isEqualTo("northbank");
        assertThat(tokenAt(app, lenders.alice(), "summit.login.example").get("error"))
                .isEqualTo("invalid_scope");
    }

    /** The one address of the test's server that has labels: its first is the tenant. */
    @Test
    void theHostNameChoosesTheTenantInABrowserToo(TestRealm realm) {
        TenantFlow.install(realm);
        realm.update(Map.of("attributes", Map.of("tenant.host.pattern", "{tenant}.0.0.1")));
        Lenders lenders = Lenders.in(realm);
        TestUser alice = lenders.alice();
        TestClient app = lenders.client("app");

        LoginAttempt foreign = app.openAt("127.0.0.1", new Browser(), "openid").credentials(alice, TestUser.PASSWORD);
        assertThat(foreign.page().status()).isEqualTo(403);
        assertThat(foreign.page().text()).contains("You cannot sign in for that lender here");

        realm.org("127").add(alice);
        LoginAttempt member = app.openAt("127.0.0.1", new Browser(), "openid").credentials(alice, TestUser.PASSWORD);
        assertThat(member.tokens().accessClaims()).containsEntry("tenant_id", "127");
        LoginAttempt torn = app.openAt("127.0.0.1", new Browser(), "openid organization:harbor")
                .credentials(alice, TestUser.PASSWORD);
        assertThat(torn.page().status()).isEqualTo(403);
    }

    @Test
    void passwordGrantIsRefusedWhereATenantIsNotTheUsers(TestRealm realm) {
        TenantFlow.installDirectGrant(realm);
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient app = lenders.client("app");

        assertThat(app.password(lenders.alice(), "openid organization:northbank")
                        .accessClaims())
                .containsEntry("tenant_id", "northbank");
        Tokens refused = app.password(lenders.alice(), "openid organization:summit");
        assertThat(refused.error()).isEqualTo("invalid_scope");
        assertThat(refused.errorDescription()).isEqualTo("Invalid scopes: openid organization:summit");
    }

    @Test
    void aTenantWhoseLoginGoesThroughItsProviderTakesNoPassword(TestRealm realm) {
        TenantFlow.installDirectGrant(realm);
        Lenders lenders = Lenders.in(realm);
        lenders.harbor().attribute("login.identity-provider", "harbor-idp");
        TestClient app = lenders.client("app");

        assertThat(app.password(lenders.alice(), "openid organization:harbor").error())
                .isEqualTo("interaction_required");
        assertThat(app.password(lenders.alice(), "openid organization:northbank")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTenantWhoseLoginGoesThroughItsProviderSendsTheBrowserThere(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        identityProvider(realm, "harbor-idp");
        lenders.harbor().linkProvider("harbor-idp");
        lenders.harbor().attribute("login.identity-provider", "harbor-idp");
        TestClient app = lenders.client("app");
        Browser browser = new Browser();
        app.login(browser, lenders.alice(), "openid organization", "northbank");

        assertThat(app.open(browser, "openid organization:harbor").page().uri().toString())
                .startsWith("http://login.harbor.example/auth");
    }

    @Test
    void aTenantThatDemandsALevelMakesTheSessionStepUp(TestRealm realm) {
        TenantFlow.installWithLevels(realm);
        Lenders lenders = Lenders.in(realm);
        lenders.harbor().attribute("login.level", "2");
        TestClient app = lenders.client("app");
        Browser browser = new Browser();
        app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");

        LoginAttempt stepUp = app.open(browser, "openid organization:harbor");
        assertThat(stepUp.atApplication()).isFalse();
        assertThat(stepUp.page().hasField("password")).isTrue();

        assertThat(stepUp.credentials(lenders.alice(), TestUser.PASSWORD)
                        .tokens()
                        .accessClaims())
                .containsEntry("tenant_id", "harbor");
        assertThat(app.open(browser, "openid organization:harbor").atApplication())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attribute", "mapper"})
    void aClientServesOnlyTheTenantsThatItLists(String place, TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient app = lenders.client("app");
        if (place.equals("mapper")) {
            app.mapper("tenant-client-rules", Map.of("tenant.allowed", "northbank\nsummit"));
        } else {
            app.update(Map.of("attributes", Map.of("tenant.allowed", "northbank, summit")));
        }

        assertThat(app.open(new Browser(), "openid organization")
                        .complete(lenders.alice(), TestUser.PASSWORD, "northbank")
                        .tokens()
                        .accessClaims())
                .containsEntry("tenant_id", "northbank");
        assertThat(app.open(new Browser(), "openid organization:harbor")
                        .credentials(lenders.alice(), TestUser.PASSWORD)
                        .page()
                        .status())
                .isEqualTo(403);
        assertThat(app.password(lenders.alice(), "openid organization:harbor").error())
                .isEqualTo("invalid_scope");
    }

    @Test
    void aStrictClientTurnsAwayWhoBelongsToNoLender(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        TestUser nobody = realm.user("nobody");
        TestClient app = lenders.strictClient("app");

        LoginAttempt refused = app.open(new Browser(), "openid").credentials(nobody, TestUser.PASSWORD);

        assertThat(refused.page().status()).isEqualTo(403);
        assertThat(refused.page().text()).contains("your account belongs to none");
    }

    private static void identityProvider(TestRealm realm, String alias) {
        realm.admin()
                .body(Map.of(
                        "alias",
                        alias,
                        "providerId",
                        "oidc",
                        "enabled",
                        true,
                        "config",
                        Map.of(
                                "authorizationUrl", "http://login.harbor.example/auth",
                                "tokenUrl", "http://login.harbor.example/token",
                                "clientId", "broker",
                                "clientSecret", "of-a-test")))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
    }

    private static Map<String, Object> tokenAt(TestClient app, TestUser user, String host) {
        Map<String, Object> answer = given().header("Host", host)
                .formParam("client_id", app.clientId())
                .formParam("client_secret", app.secret())
                .formParam("grant_type", "password")
                .formParam("username", user.username())
                .formParam("password", TestUser.PASSWORD)
                .formParam("scope", "openid")
                .post(app.realm().issuer() + "/protocol/openid-connect/token")
                .jsonPath()
                .getMap("");
        return answer.containsKey("access_token") ? Tokens.claims((String) answer.get("access_token")) : answer;
    }
}
