package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.StackSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CIBA: the user agrees on a phone, which the test plays. */
@ProcessesOnly
class BackchannelIT {
    @Test
    void aBackchannelSignInIsForTheTenantThatItsScopeNames() throws Exception {
        try (Phone phone = new Phone();
                TestServer server = new TestServer(
                        new StackSettings().option(Phone.OPTION, phone.uri()).start());
                TestRealm realm = server.createRealm()) {
            Lenders lenders = Lenders.in(realm);
            realm.org("summit");
            TestClient app = ciba(lenders.strictClient("app"));

            Tokens tokens = agreed(app, phone, lenders.alice(), "openid organization:harbor");
            assertThat(tokens.accessClaims())
                    .containsEntry("tenant_id", "harbor")
                    .containsEntry("tenant_roles", List.of("analyst", "underwriter"));
            assertThat(app.refresh(tokens).accessClaims()).containsEntry("tenant_id", "harbor");

            Tokens unnamed = agreed(app, phone, lenders.alice(), "openid");
            assertThat(unnamed.error()).isEqualTo("invalid_scope");
            assertThat(unnamed.errorDescription()).contains("organization:<tenant>");

            for (String tenant : List.of("summit", "nowhere")) {
                Response refused = started(app, lenders.alice(), "openid organization:" + tenant);
                assertThat(refused.statusCode()).as(tenant).isEqualTo(400);
                assertThat(refused.jsonPath().getString("error")).as(tenant).isEqualTo("invalid_scope");
            }
        }
    }

    private static TestClient ciba(TestClient client) {
        return client.update(Map.of(
                "attributes",
                Map.of("oidc.ciba.grant.enabled", "true", "ciba.backchannel.token.delivery.mode", "poll")));
    }

    private static Response started(TestClient app, TestUser user, String scope) {
        return app.post("ext/ciba/auth", Map.of("login_hint", user.username(), "scope", scope));
    }

    private static Tokens agreed(TestClient app, Phone phone, TestUser user, String scope) throws InterruptedException {
        Response started = started(app, user, scope);
        started.then().statusCode(200);
        phone.agree(app.realm());
        return app.token(
                Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", started.path("auth_req_id")));
    }
}
