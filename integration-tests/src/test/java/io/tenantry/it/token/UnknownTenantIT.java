package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whoever names a tenant learns nothing about whether it exists: one that is another's, one that is disabled and one
 * that nobody has are answered alike. Stock tells them apart before anyone signs in.
 */
@WithServer
class UnknownTenantIT {
    private static final String FOREIGN = "summit";
    private static final String DISABLED = "closed";
    private static final String UNKNOWN = "nowhere";
    private static final List<String> OTHERS = List.of(DISABLED, UNKNOWN);

    @Test
    void beforeAnyoneSignsInTheyGetTheSamePage(TestRealm realm) {
        TestClient app = app(realm, lenders(realm));

        Page foreign = opened(app, FOREIGN);
        assertThat(foreign.status()).isEqualTo(200);
        assertThat(foreign.hasField("username")).isTrue();
        for (String other : OTHERS) {
            assertThat(opened(app, other).status()).isEqualTo(foreign.status());
            assertThat(opened(app, other).text()).isEqualTo(foreign.text().replace(FOREIGN, other));
        }
    }

    @Test
    void whoeverIsSignedInGetsTheSameRefusalAndTheSameEvent(TestRealm realm) {
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = lenders(realm);
        TestClient app = app(realm, lenders);
        Browser browser = new Browser();
        app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");

        for (Map<String, String> more : List.of(
                Map.<String, String>of(),
                Map.of("prompt", "none"),
                Map.of("prompt", "login"),
                // An address of the tenant's domain, which Keycloak looks up
                Map.of("login_hint", "somebody@%s.example"))) {
            LoginAttempt foreign = refused(asked(app, browser, FOREIGN, more), lenders.alice());
            for (String other : OTHERS) {
                LoginAttempt attempt = refused(asked(app, browser, other, more), lenders.alice());
                assertThat(attempt.page().status())
                        .as("%s %s", other, more)
                        .isEqualTo(foreign.page().status());
                assertThat(attempt.page().text())
                        .as("%s %s", other, more)
                        .isEqualTo(foreign.page().text());
                assertThat(attempt.page().parameter("error"))
                        .isEqualTo(foreign.page().parameter("error"));
            }
        }
        assertThat(realm.admin()
                        .get("/events?type=LOGIN_ERROR&max=100")
                        .jsonPath()
                        .getList("error", String.class))
                .isNotEmpty()
                .containsOnly("tenant_unavailable");
    }

    @Test
    void aTamperedSelectionPageAnswersAlike(TestRealm realm) {
        Lenders lenders = lenders(realm);
        TestClient app = app(realm, lenders);

        LoginAttempt foreign = selected(app, lenders, FOREIGN);
        assertThat(foreign.page().status()).isEqualTo(403);
        for (String other : OTHERS) {
            LoginAttempt attempt = selected(app, lenders, other);
            assertThat(attempt.page().status()).as(other).isEqualTo(403);
            assertThat(attempt.page().text()).as(other).isEqualTo(foreign.page().text());
        }
    }

    @Test
    void wrongPasswordsAndDevicesLearnNothing(TestRealm realm) {
        Lenders lenders = lenders(realm);
        TestClient app = app(realm, lenders);
        app.update(Map.of("attributes", Map.of("oauth2.device.authorization.grant.enabled", "true")));

        for (String tenant : List.of(FOREIGN, DISABLED, UNKNOWN)) {
            String scope = "openid organization:" + tenant;
            Tokens wrong = app.token(
                    Map.of("grant_type", "password", "username", "alice", "password", "a wrong one", "scope", scope));
            assertThat(wrong.error()).as(tenant).isEqualTo("invalid_grant");
            Tokens right = app.password(lenders.alice(), scope);
            assertThat(right.error()).as(tenant).isEqualTo("invalid_scope");
            assertThat(right.errorDescription()).isEqualTo("Invalid scopes: " + scope);
            assertThat(app.post("auth/device", Map.of("scope", scope)).statusCode())
                    .as(tenant)
                    .isEqualTo(200);
        }
    }

    @Test
    void whatNoTenantCanBeCalledIsAnInvalidScope(TestRealm realm) {
        TestClient app = app(realm, lenders(realm));

        assertThat(opened(app, "x".repeat(256)).parameter("error")).contains("invalid_scope");
        assertThat(opened(app, "x".repeat(255)).hasField("username")).isTrue();
    }

    @Test
    void clientsThatHaveNothingToDoWithTenantsAreAnsweredAsByStock(TestRealm realm) {
        lenders(realm);
        TestClient plain = realm.confidentialClient("plain");

        assertThat(opened(plain, FOREIGN).hasField("username")).isTrue();
        assertThat(opened(plain, UNKNOWN).parameter("error")).contains("invalid_scope");
    }

    private static Lenders lenders(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org(FOREIGN);
        realm.org(DISABLED).add(lenders.alice()).update(Map.of("enabled", false));
        return lenders;
    }

    private static TestClient app(TestRealm realm, Lenders lenders) {
        TenantFlow.install(realm);
        TenantFlow.installDirectGrant(realm);
        return lenders.client("app");
    }

    private static LoginAttempt asked(TestClient client, Browser browser, String tenant, Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>();
        more.forEach((name, value) -> parameters.put(name, value.formatted(tenant)));
        return client.open(browser, "openid organization:" + tenant, parameters);
    }

    private static Page opened(TestClient client, String tenant) {
        return client.open(new Browser(), "openid organization:" + tenant).page();
    }

    private static LoginAttempt refused(LoginAttempt attempt, TestUser user) {
        return attempt.page().hasField("password") ? attempt.credentials(user, TestUser.PASSWORD) : attempt;
    }

    private static LoginAttempt selected(TestClient app, Lenders lenders, String tenant) {
        LoginAttempt attempt = app.open(new Browser(), "openid organization")
                .submit(Map.of("username", lenders.alice().username()))
                .organization(tenant);
        return refused(attempt, lenders.alice());
    }
}
