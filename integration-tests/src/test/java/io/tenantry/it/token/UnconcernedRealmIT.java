package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A realm that uses nothing of the pack, and has an attribute of its own under the name of one of ours. */
@WithServer
class UnconcernedRealmIT {
    private static final Map<String, ?> FOREIGN = Map.of(
            "organizationsEnabled", false, "eventsEnabled", true, "attributes", Map.of("tenant_id", "x".repeat(300)));

    @Test
    void everyGrantWorksAsWithKeycloakAlone(TestServer server) {
        try (TestRealm realm = server.createRealm(FOREIGN)) {
            TestUser anna = realm.user("anna");
            TestClient app = realm.confidentialClient("app");
            app.audience(app);

            Tokens browser = app.login(anna, "openid");
            Tokens password = app.password(anna, "openid");
            for (Tokens tokens : List.of(
                    browser,
                    password,
                    app.refresh(browser),
                    app.exchange(password.accessToken(), "openid"),
                    app.clientCredentials("openid"))) {
                assertThat(tokens.status()).as(tokens.errorDescription()).isEqualTo(200);
                assertThat(tokens.accessClaims()).doesNotContainKeys("tenant_id", "tenant_roles");
            }
            assertThat(app.introspect(password.accessToken()).jsonPath().getBoolean("active"))
                    .isTrue();
            assertThat(app.userinfo(password.accessToken()).statusCode()).isEqualTo(200);
            assertThat(realm.admin().get("/events?type=LOGIN").jsonPath().getList("details.tenant_id"))
                    .containsOnlyNulls();
        }
    }

    @Test
    void aPasswordIsChangedWhileSigningIn(TestServer server) {
        try (TestRealm realm = server.createRealm(FOREIGN)) {
            TestUser anna = realm.user("anna");
            anna.update(Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
            TestClient app = realm.publicClient("app");
            String another = TestUser.PASSWORD + "-2";

            LoginAttempt done = app.open(new Browser(), "openid")
                    .credentials(anna, TestUser.PASSWORD)
                    .submit(Map.of("password-new", another, "password-confirm", another));

            assertThat(done.tokens().status()).isEqualTo(200);
        }
    }

    @Test
    void itsDoctorAndItsOrdersAnswer(TestServer server) {
        try (TestRealm realm = server.createRealm(FOREIGN)) {
            assertThat(realm.admin().get("/tenantry/doctor").jsonPath().<String>getList("findings.check"))
                    .contains("tenant-id-unusable")
                    .doesNotContain("check-failed");
            assertThat(realm.admin().post("/tenantry/tenants/acme/revoke").statusCode())
                    .isEqualTo(404);
        }
    }
}
