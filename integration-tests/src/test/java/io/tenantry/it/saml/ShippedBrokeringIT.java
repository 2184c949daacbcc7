package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.Tokens;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped realms as they are: northbank's corporate login, and the realm that brokers it. */
@ProcessesOnly
class ShippedBrokeringIT {
    private static final String IDP = "northbank-corporate";
    private static final String PASSWORD = "Development-only-42";

    @Test
    void employeesOfNorthbankComeInAndItsContractorsStayOut() {
        try (Stack stack = new StackSettings()
                        .realms(StackHome.find().realms())
                        .environment("LENDING_SPA_URL", "http://app.example")
                        .start();
                TestServer server = new TestServer(stack)) {
            TestRealm lending = server.realm("lending");
            List<Map<String, Object>> clients = lending.admin()
                    .queryParam("clientId", "lending-spa")
                    .get("/clients")
                    .jsonPath()
                    .getList("");
            TestClient spa = new TestClient(lending, (String) clients.get(0).get("id"), "lending-spa", "");

            Tokens tokens = corporateLogin(spa, "nadia").tokens();
            assertThat(tokens.accessClaims()).containsEntry("tenant_id", "northbank");
            assertThat(accounts(lending, "nadia@northbank.example")).hasSize(1);

            Page refused = corporateLogin(spa, "oscar").page();
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(accounts(lending, "oscar@contractors.example")).isEmpty();
            Map<String, String> event = lending.admin()
                    .queryParam("type", "IDENTITY_PROVIDER_LOGIN_ERROR")
                    .get("/events")
                    .jsonPath()
                    .getMap("[0].details");
            assertThat(event)
                    .containsEntry("rule", "email-domain")
                    .containsEntry("tenant", "northbank")
                    .containsEntry("identity_provider", IDP);
            assertThat(refused.text()).contains(event.get("reference"));
        }
    }

    private static List<Map<String, Object>> accounts(TestRealm realm, String email) {
        return realm.admin()
                .queryParam("email", email)
                .queryParam("exact", true)
                .get("/users")
                .jsonPath()
                .getList("");
    }

    private static LoginAttempt corporateLogin(TestClient client, String username) {
        LoginAttempt attempt = client.open(new Browser(), "openid organization:northbank", Map.of("kc_idp_hint", IDP));
        Page page = attempt.page();
        for (int i = 0;
                i < 6 && page.status() == 200 && !page.uri().toString().startsWith(TestClient.REDIRECT_URI);
                i++) {
            page = page.hasField("password")
                    ? page.submit(Map.of("username", username, "password", PASSWORD))
                    // A form that a browser's script would send on: the request, or the answer
                    : page.submit(Map.of());
        }
        return new LoginAttempt(client, attempt.pkce(), page);
    }
}
