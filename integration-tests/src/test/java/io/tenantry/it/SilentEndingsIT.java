package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trust that ends where Keycloak emits no event, or one that does not say whose: done over HTTP, and found in Redis. */
@WithServer
class SilentEndingsIT {
    /** What a cutoff reaches past its commit, and a second more, as tokens count whole ones. */
    private static final long MARGIN_MILLIS = 3_100;

    private TestRealm realm;
    private PublishedRevocations published;
    private TestClient app;
    private TestUser alice;

    @BeforeEach
    void prepare(TestRealm fresh) {
        realm = fresh;
        published = PublishedRevocations.of(realm);
        app = realm.publicClient("app");
        alice = realm.user("alice");
    }

    @Test
    void codeThatComesTwiceRevokesWhatWasIssuedForIt() {
        LoginAttempt attempt = app.open(new Browser(), "openid").credentials(alice, TestUser.PASSWORD);
        Tokens tokens = attempt.tokens();
        assertThat(published.selectors()).isEmpty();

        assertThat(attempt.tokens().error()).isEqualTo("invalid_grant");

        assertThat(published.selectors()).containsExactly(Selector.grant("app", alice.id()));
        assertThat(causes()).containsExactly("code-reused");
        assertThat(app.refresh(tokens).status()).isEqualTo(400);
        // There is nothing left that it could end
        assertThat(attempt.tokens().status()).isEqualTo(400);
        assertThat(published.stream()).hasSize(1);
    }

    @Test
    void codeThatNamesWhatIsNotThereRevokesNothing() {
        TestClient other = realm.publicClient("other");
        String session = sid(app.password(alice, "openid"));
        for (String code : List.of(
                "a-guess." + session + '.' + other.id(),
                "a-guess.no-session." + app.id(),
                "a-guess." + session + ".no-client",
                "a-guess")) {
            Tokens answer = app.token(
                    Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", TestClient.REDIRECT_URI));
            assertThat(answer.status()).as(code).isEqualTo(400);
        }
        assertThat(published.stream()).isEmpty();
    }

    @Test
    void guessedCodeOfALiveSessionRevokesOnlyAsItEndsWhatStockEnds() {
        Tokens tokens = app.password(alice, "openid");
        Tokens elsewhere = realm.publicClient("other").password(alice, "openid");

        app.token(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                "a-guess." + sid(tokens) + '.' + app.id(),
                "redirect_uri",
                TestClient.REDIRECT_URI));

        assertThat(app.refresh(tokens).status())
                .as("stock ends the client session")
                .isEqualTo(400);
        assertThat(published.selectors()).containsExactly(Selector.grant("app", alice.id()));
        assertThat(elsewhere.accessClaims()).containsEntry("azp", "other");
    }

    @Test
    void disabledPasswordsRevokeTheUserAndOtherTypesNothing() {
        disableCredentials("otp");
        assertThat(published.stream()).isEmpty();
        disableCredentials("password");
        assertThat(published.selectors()).containsExactly(Selector.sub(alice.id()));
        assertThat(causes()).containsExactly("credential-removed");
    }

    @Test
    void impersonationRevokesTheSessionThatItTakesThePlaceOf() {
        TestUser admin = realm.user("admin").manages(List.of("realm-admin"));
        Tokens tokens = app.password(admin, "openid");
        int before = published.stream().size();

        given().auth()
                .oauth2(tokens.accessToken())
                .post(realm.server().keycloak().baseUri() + "/admin/realms/" + realm.name() + "/users/" + alice.id()
                        + "/impersonation")
                .then()
                .statusCode(200);

        assertThat(published.selectors()).hasSize(before + 1).contains(Selector.sid(sid(tokens)));
        assertThat(causes()).contains("session-ended");
        assertThat(app.refresh(tokens).status()).isEqualTo(400);
    }

    @Test
    void signInThatIsStartedOverOnTopOfASessionRevokesThatSession() {
        Browser browser = new Browser();
        Tokens tokens = app.open(browser, "openid")
                .credentials(alice, TestUser.PASSWORD)
                .tokens();
        LoginAttempt again = app.open(browser, "openid", Map.of("prompt", "login"));
        assertThat(published.stream()).isEmpty();

        browser.open(restart(again));

        assertThat(published.selectors()).containsExactly(Selector.sid(sid(tokens)));
        assertThat(causes()).containsExactly("session-ended");
        assertThat(app.refresh(tokens).status()).isEqualTo(400);
    }

    /** Else it would end in a session of the same id, all of whose tokens are revoked. */
    @Test
    void signInUnderWayInTheBrowserOfASessionThatALimitEndsIsGivenUp() {
        limitSessions();
        Browser first = new Browser();
        Tokens ended =
                app.open(first, "openid").credentials(alice, TestUser.PASSWORD).tokens();
        LoginAttempt again = app.open(first, "openid", Map.of("prompt", "login"));

        app.open(new Browser(), "openid").credentials(alice, TestUser.PASSWORD).tokens();
        assertThat(published.selectors()).containsExactly(Selector.sid(sid(ended)));

        again.submit(Map.of("password", TestUser.PASSWORD));
        Tokens anew =
                app.open(first, "openid").credentials(alice, TestUser.PASSWORD).tokens();
        assertThat(sid(anew)).isNotEqualTo(sid(ended));
        assertThat(app.refresh(anew).status()).isEqualTo(200);
    }

    /** To one a person, at the end of the standard flow's forms. */
    private void limitSessions() {
        realm.admin()
                .body(Map.of("newName", "limited"))
                .post("/authentication/flows/browser/copy")
                .then()
                .statusCode(201);
        realm.admin()
                .body(Map.of("provider", "user-session-limits"))
                .post("/authentication/flows/limited forms/executions/execution")
                .then()
                .statusCode(201);
        Map<String, Object> limit = realm
                .admin()
                .get("/authentication/flows/limited forms/executions")
                .jsonPath()
                .<Map<String, Object>>getList("")
                .stream()
                .filter(each -> "user-session-limits".equals(each.get("providerId")))
                .findFirst()
                .orElseThrow();
        limit.put("requirement", "REQUIRED");
        realm.admin()
                .body(limit)
                .put("/authentication/flows/limited forms/executions")
                .then()
                .statusCode(204);
        realm.admin()
                .body(Map.of(
                        "alias",
                        "one",
                        "config",
                        Map.of("userRealmLimit", "1", "userClientLimit", "0", "behavior", "Terminate oldest session")))
                .post("/authentication/executions/{id}/config", limit.get("id"))
                .then()
                .statusCode(201);
        realm.update(Map.of("browserFlow", "limited"));
    }

    @Test
    void signInThatIsStartedOverWithoutASessionRevokesNothing() {
        Browser browser = new Browser();
        Tokens elsewhere = app.open(new Browser(), "openid")
                .credentials(alice, TestUser.PASSWORD)
                .tokens();
        // Where there are tenants, stock asks for the username alone at first: half-way, and no session of hers here
        realm.org("northbank");
        LoginAttempt half = app.open(browser, "openid").submit(Map.of("username", alice.username()));

        Page restarted = browser.open(restart(half));

        assertThat(restarted.hasField("username")).isTrue();
        assertThat(published.stream()).isEmpty();
        assertThat(app.refresh(elsewhere).status()).isEqualTo(200);
    }

    @Test
    void signInThatTakesThePlaceOfAnothersSessionRevokesThatSession() {
        try (TestRealm corporate = realm.server().createRealm()) {
            TestUser bob = realm.user("bob");
            TestUser employee = corporate.user("employee");
            TestProvider.create(realm, "corporate", corporate, Map.of()).link(bob, employee);
            realm.update(Map.of("resetPasswordAllowed", true));
            Browser browser = new Browser();
            Tokens tokens = app.open(browser, "openid")
                    .credentials(alice, TestUser.PASSWORD)
                    .tokens();
            // From here on a sign-in has an id other than the session's; with the same, stock refuses another user
            browser.open(URI.create(realm.issuer() + "/login-actions/reset-credentials?client_id=app"));
            LoginAttempt another = app.open(browser, "openid", Map.of("prompt", "login", "kc_idp_hint", "corporate"));
            assertThat(published.stream()).isEmpty();

            Tokens later = another.credentials(employee, TestUser.PASSWORD).tokens();

            assertThat(later.accessClaims()).containsEntry("sub", bob.id());
            assertThat(published.selectors()).containsExactly(Selector.sid(sid(tokens)));
            assertThat(causes()).containsExactly("session-ended");
            assertThat(app.refresh(tokens).status()).isEqualTo(400);
            assertThat(app.refresh(later).status()).isEqualTo(200);
        }
    }

    @Test
    void providerTakenFromATenantRevokesTheTenantAndADeletedOneAsWell() {
        TestOrg northbank = realm.org("northbank");
        for (String alias : List.of("corporate", "old", "everyones")) {
            realm.admin()
                    .body(Map.of("alias", alias, "providerId", "saml", "enabled", true))
                    .post("/identity-provider/instances")
                    .then()
                    .statusCode(201);
        }
        for (String alias : List.of("corporate", "old")) {
            northbank.linkProvider(alias);
        }
        assertThat(published.stream()).isEmpty();

        northbank.unlinkProvider("corporate");
        assertThat(published.selectors()).containsExactly(Selector.tenant("northbank"));
        assertThat(causes()).containsExactly("provider-unlinked");

        realm.admin().delete("/identity-provider/instances/old").then().statusCode(204);
        assertThat(published.selectors()).containsExactly(Selector.tenant("northbank"), Selector.tenant("northbank"));

        realm.admin().delete("/identity-provider/instances/everyones").then().statusCode(204);
        assertThat(published.selectors()).last().isEqualTo(Selector.realm());
    }

    @Test
    void movedGroupRevokesWhoIsInItAndARenamedOneNobody() {
        String banks = group("/groups", "banks");
        String clerks = group("/groups/" + banks + "/children", "clerks");
        String others = group("/groups", "others");
        String free = group("/groups", "free");
        realm.admin()
                .put("/users/{id}/groups/{group}", alice.id(), clerks)
                .then()
                .statusCode(204);
        realm.admin()
                .put("/users/{id}/groups/{group}", realm.user("bob").id(), free)
                .then()
                .statusCode(204);
        realm.admin()
                .body(Map.of("name", "tellers"))
                .put("/groups/{id}", clerks)
                .then()
                .statusCode(204);
        // Nothing is inherited at the top, so nothing is lost
        move("/groups/" + others + "/children", free, "free");
        assertThat(published.stream()).isEmpty();

        move("/groups/" + others + "/children", clerks, "tellers");

        assertThat(published.selectors()).containsExactly(Selector.sub(alice.id()));
        assertThat(causes()).containsExactly("group-moved");
    }

    @Test
    void movedGroupOfATenantRevokesTheTenant() {
        TestOrg northbank = realm.org("northbank");
        TestOrgGroup officers = northbank.group("officers");
        TestOrgGroup juniors = officers.child("juniors");
        assertThat(published.stream()).isEmpty();

        move("/organizations/" + northbank.id() + "/groups", juniors.id(), "juniors");

        assertThat(published.selectors()).containsExactly(Selector.tenant("northbank"));
    }

    @Test
    void stepsOfAWorkflowRevokeAsAnAdminsActionsDo() throws InterruptedException {
        String role = realm.role("teller");
        Map<String, Object> representation =
                realm.admin().get("/roles/{name}", role).jsonPath().getMap("");
        realm.admin()
                .body(List.of(representation))
                .post("/users/{id}/role-mappings/realm", alice.id())
                .then()
                .statusCode(204);
        run(Map.of("uses", "revoke-role", "with", Map.of("role", List.of(role))), alice);
        await(alice, "role-lost");

        TestUser bob = realm.user("bob");
        String group = group("/groups", "tellers");
        realm.admin().put("/users/{id}/groups/{group}", bob.id(), group).then().statusCode(204);
        run(Map.of("uses", "leave-group", "with", Map.of("group", List.of("/tellers"))), bob);
        await(bob, "group-left");

        TestUser carol = realm.user("carol");
        realm.admin()
                .body(Map.of("alias", "corporate", "providerId", "saml", "enabled", true))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
        realm.admin()
                .body(Map.of("identityProvider", "corporate", "userId", "c1", "userName", "carol"))
                .post("/users/{id}/federated-identity/corporate", carol.id())
                .then()
                .statusCode(204);
        run(Map.of("uses", "unlink-user", "with", Map.of("idp", List.of("corporate"))), carol);
        await(carol, "identity-unlinked");

        TestUser dave = realm.user("dave");
        run(Map.of("uses", "disable-user"), dave);
        await(dave, "user-disabled");

        TestUser erin = realm.user("erin");
        run(Map.of("uses", "delete-user"), erin);
        await(erin, "user-deleted");
        assertThat(published.stream()).hasSize(5);
    }

    @Test
    void workflowThatEndsNoTrustRevokesNothing() throws InterruptedException {
        run(Map.of("uses", "add-required-action", "with", Map.of("action", List.of("update-profile"))), alice);
        PublishedRevocations.await(
                "the required action",
                () -> String.valueOf(alice.representation()).contains("UPDATE_PROFILE"));
        Thread.sleep(500);
        assertThat(published.stream()).isEmpty();
    }

    @Test
    void clientThatAWorkflowDisablesIsRevoked() throws InterruptedException {
        activate(Map.of("uses", "disable-client"), "CLIENTS", app.id());
        PublishedRevocations.await(
                "the client is revoked", () -> published.selectors().contains(Selector.azp("app")));
        assertThat(causes()).containsExactly("client-disabled");
    }

    @Test
    void sessionThatTimesOutRevokesNothing() throws InterruptedException {
        realm.update(Map.of("ssoSessionMaxLifespan", 1));
        Tokens tokens = app.password(alice, "openid");
        Thread.sleep(2_100);
        assertThat(app.refresh(tokens).status()).isEqualTo(400);
        assertThat(published.stream()).isEmpty();
    }

    @Test
    void onlineSessionThatGivesWayToItsOfflineOneRevokesNothing() {
        Tokens offline = app.password(alice, "openid offline_access");
        assertThat(app.refresh(offline).status()).isEqualTo(200);
        Tokens browser = app.open(new Browser(), "openid offline_access")
                .credentials(alice, TestUser.PASSWORD)
                .tokens();
        assertThat(app.refresh(browser).status()).isEqualTo(200);
        assertThat(published.stream()).isEmpty();
    }

    @Test
    void onlineLogoutLeavesTheOfflineSessionsLaterTokensTrusted() throws InterruptedException {
        Browser browser = new Browser();
        Tokens online = app.open(browser, "openid")
                .credentials(alice, TestUser.PASSWORD)
                .tokens();
        Tokens offline = app.open(browser, "openid offline_access").tokens();
        assertThat(sid(offline)).isEqualTo(sid(online));

        app.logout(online);

        assertThat(published.selectors()).containsExactly(Selector.sid(sid(online)));
        Instant cutoff = published.cutoff(Selector.sid(sid(online))).orElseThrow();
        Thread.sleep(MARGIN_MILLIS);
        Tokens later = app.refresh(offline);
        assertThat(later.status()).isEqualTo(200);
        assertThat(issuedAt(later)).isAfter(cutoff);
    }

    @Test
    void tokensOfServiceAccountsAndLightweightOnesAreRevokedLikeOthers() {
        TestClient batch = realm.confidentialClient("batch");
        Tokens service = batch.clientCredentials("openid");
        assertThat(service.accessClaims()).doesNotContainKey("sid");
        batch.revoke(service.accessToken());
        assertThat(published.selectors())
                .containsExactly(
                        Selector.jti(String.valueOf(service.accessClaims().get("jti"))));

        TestClient light = realm.publicClient("light");
        light.update(Map.of("attributes", Map.of("client.use.lightweight.access.token.enabled", "true")));
        Tokens lightweight = light.password(alice, "openid");
        assertThat(lightweight.accessClaims()).doesNotContainKey("sub");
        light.logout(lightweight);
        assertThat(published.selectors()).hasSize(2).contains(Selector.sid(sid(lightweight)));
        realm.admin().delete("/clients/{id}", batch.id()).then().statusCode(204);
        assertThat(published.selectors()).contains(Selector.azp("batch"));
    }

    /** Where the button on the page leads that starts the sign-in over. */
    private static URI restart(LoginAttempt attempt) {
        String script = attempt.page().document().expectFirst("#reset-login").attr("onclick");
        String path = script.substring(script.indexOf('\'') + 1, script.lastIndexOf('\''));
        return attempt.page().uri().resolve(path);
    }

    private void disableCredentials(String type) {
        realm.admin()
                .body(List.of(type))
                .put("/users/{id}/disable-credential-types", alice.id())
                .then()
                .statusCode(204);
    }

    private String group(String path, String name) {
        return Created.id(realm.admin().body(Map.of("name", name)).post(path));
    }

    private void move(String path, String id, String name) {
        realm.admin().body(Map.of("id", id, "name", name)).post(path).then().statusCode(204);
    }

    private void run(Map<String, ?> step, TestUser user) {
        activate(step, "USERS", user.id());
    }

    private void activate(Map<String, ?> step, String type, String id) {
        String workflow = Created.id(realm.admin()
                .body(Map.of("name", "workflow of " + step.get("uses"), "steps", List.of(step)))
                .post("/workflows"));
        realm.admin()
                .post("/workflows/{id}/activate/{type}/{resource}", workflow, type, id)
                .then()
                .statusCode(204);
    }

    /** Workflows run beside the request that sets them off. */
    private void await(TestUser user, String cause) throws InterruptedException {
        PublishedRevocations.await(
                cause,
                () -> published.stream().stream()
                        .anyMatch(revocation -> revocation.selector().equals(Selector.sub(user.id()))
                                && revocation.cause().equals(cause)));
    }

    private List<String> causes() {
        return published.stream().stream().map(Revocation::cause).toList();
    }

    private static String sid(Tokens tokens) {
        return String.valueOf(tokens.accessClaims().get("sid"));
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }
}
