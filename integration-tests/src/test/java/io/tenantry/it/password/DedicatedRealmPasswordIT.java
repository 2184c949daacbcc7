package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A lender with a realm of its own, whose password policy is the realm's. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DedicatedRealmPasswordIT {
    private static final String OLD = "old-password";

    private TestServer server;

    @BeforeAll
    void open(TestServer shared) {
        server = shared;
    }

    private TestRealm realm(String policy, Map<String, String> attributes) {
        return server.createRealm(Map.of(
                "organizationsEnabled",
                false,
                "displayName",
                "Granite Trust",
                "attributes",
                attributes,
                "passwordPolicy",
                Lenders.CHEAP_HASH + policy));
    }

    /** One whose password is older than the realm's rules. */
    private static TestUser user(TestRealm realm) {
        return realm.user(Lenders.name("granite"), Map.of("credentials", List.of(OldPassword.credential(OLD))));
    }

    private static LoginAttempt login(TestClient app, TestUser user, String password) {
        return app.open(new Browser(), "openid").credentials(user, password);
    }

    @Test
    void passwordOlderThanTheRulesMustBeChangedWhenItIsTyped() {
        try (TestRealm realm = realm(" and length(14) and tenantPolicy", Map.of())) {
            TestClient app = realm.publicClient("app");
            TestUser user = user(realm);

            LoginAttempt attempt = login(app, user, OLD);
            assertThat(attempt.page().text())
                    .contains(
                            "Your password no longer meets the rules. Granite Trust asks for at least 14 characters.");
            LoginAttempt changed = attempt.submit(
                    Map.of("password-new", "long-enough-for-it", "password-confirm", "long-enough-for-it"));
            assertThat(changed.atApplication()).isTrue();
            assertThat(login(app, user, "long-enough-for-it").atApplication()).isTrue();
        }
    }

    @Test
    void withoutTenantPolicyAnOldPasswordIsTakenAsStockTakesIt() {
        try (TestRealm realm = realm(" and length(14)", Map.of())) {
            assertThat(login(realm.publicClient("app"), user(realm), OLD).atApplication())
                    .isTrue();
        }
    }

    @Test
    void graceOfTheRealmIsKeptAndEnds() {
        try (TestRealm realm = realm(" and length(14) and tenantPolicy", Map.of("password-policy-grace-days", "7"))) {
            TestClient app = realm.publicClient("app");
            TestUser user = user(realm);
            assertThat(login(app, user, OLD).atApplication()).isTrue();
            assertThat(login(app, user, OLD).atApplication()).isTrue();

            realm.update(Map.of("attributes", Map.of("password-policy-grace-days", "0")));
            assertThat(login(app, user, OLD).page().hasField("password-new")).isTrue();
        }
    }

    @Test
    void graceThatCannotBeReadIsSaidAndNobodyIsLockedOut() {
        try (TestRealm realm =
                realm(" and length(14) and tenantPolicy", Map.of("password-policy-grace-days", "soon"))) {
            TestUser user = user(realm);
            assertThat(login(realm.publicClient("app"), user, OLD).atApplication())
                    .isTrue();
            assertThat(server.keycloak().log())
                    .contains("Realm " + realm.name() + ", tenant " + realm.name()
                            + ": the password rule password-policy-grace-days=soon cannot be used");
        }
    }

    @Test
    void expiryIsStocksOwn() {
        try (TestRealm realm = realm(" and forceExpiredPasswordChange(30) and tenantPolicy", Map.of())) {
            assertThat(login(realm.publicClient("app"), user(realm), OLD).page().hasField("password-new"))
                    .isTrue();
        }
    }

    @Test
    void formShowsTheRulesOfTheRealm() {
        try (TestRealm realm = realm(" and length(14) and tenantPolicy", Map.of())) {
            realm.update(Map.of("loginTheme", "tenantry"));
            Page page = login(realm.publicClient("app"), user(realm), OLD).page();
            assertThat(page.document().select("#tenantry-password-rules li").eachText())
                    .containsExactly("Granite Trust asks for at least 14 characters.");
        }
    }
}
