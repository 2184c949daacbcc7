package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code tenant-access} after a sign-in through an identity provider, which is another realm here. */
@WithServer
class BrokeredTenantIT {
    private static final String PROVIDER = "corporate";

    @Test
    void whoeverComesThroughAProviderIsHeldToTheTenant(TestRealm realm, TestServer server) {
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        try (TestRealm corporate = server.createRealm()) {
            TestUser employee = corporate.user("employee");
            provider(realm, corporate);
            link(lenders.alice(), employee);
            TestClient app = lenders.strictClient("app");

            assertThat(through(app, "openid organization:harbor", employee)
                            .tokens()
                            .accessClaims())
                    .containsEntry("tenant_id", "harbor")
                    .containsEntry("tenant_roles", List.of("analyst", "underwriter"));
            for (String tenant : List.of("summit", "nowhere")) {
                LoginAttempt refused = through(app, "openid organization:" + tenant, employee);
                assertThat(refused.page().status()).as(tenant).isEqualTo(403);
                assertThat(refused.page().text()).contains("You cannot sign in for that lender here");
            }
            assertThat(realm.admin().get("/events?max=100").jsonPath().getList("error"))
                    .contains("tenant_unavailable");
            assertThat(realm.admin().get("/events?type=LOGIN").jsonPath().getList("details.tenant_id"))
                    .containsExactly("harbor");
        }
    }

    @Test
    void theProviderThatATenantDemandsIsTheOneThatCounts(TestRealm realm, TestServer server) {
        Lenders lenders = Lenders.in(realm);
        try (TestRealm corporate = server.createRealm()) {
            TestUser employee = corporate.user("employee");
            provider(realm, corporate);
            link(lenders.alice(), employee);
            realm.admin()
                    .body(PROVIDER)
                    .post(
                            "/organizations/{id}/identity-providers",
                            lenders.harbor().id())
                    .then()
                    .statusCode(204);
            lenders.harbor().attribute("login.identity-provider", PROVIDER);
            lenders.northbank().attribute("login.identity-provider", "another");
            TestClient app = lenders.strictClient("app");

            assertThat(through(app, "openid organization:harbor", employee)
                            .tokens()
                            .accessClaims())
                    .containsEntry("tenant_id", "harbor");
            LoginAttempt refused = through(app, "openid organization:northbank", employee);
            assertThat(refused.page().status()).isEqualTo(403);
            assertThat(refused.page().text()).contains("another way");
        }
    }

    private static LoginAttempt through(TestClient app, String scope, TestUser employee) {
        return app.open(new Browser(), scope, Map.of("kc_idp_hint", PROVIDER)).credentials(employee, TestUser.PASSWORD);
    }

    private static void provider(TestRealm realm, TestRealm corporate) {
        TestClient broker = corporate.confidentialClient("lending-broker");
        broker.update(Map.of("redirectUris", List.of(realm.issuer() + "/broker/" + PROVIDER + "/endpoint")));
        String protocol = corporate.issuer() + "/protocol/openid-connect";
        realm.admin()
                .body(Map.of(
                        "alias",
                        PROVIDER,
                        "providerId",
                        "oidc",
                        "enabled",
                        true,
                        "postBrokerLoginFlowAlias",
                        TenantFlow.afterBroker(realm),
                        "config",
                        Map.of(
                                "issuer",
                                corporate.issuer(),
                                "authorizationUrl",
                                protocol + "/auth",
                                "tokenUrl",
                                protocol + "/token",
                                "jwksUrl",
                                protocol + "/certs",
                                "useJwksUrl",
                                "true",
                                "validateSignature",
                                "true",
                                "clientAuthMethod",
                                "client_secret_post",
                                "defaultScope",
                                "openid",
                                "clientId",
                                broker.clientId(),
                                "clientSecret",
                                broker.secret())))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
    }

    private static void link(TestUser user, TestUser employee) {
        user.realm()
                .admin()
                .body(Map.of("identityProvider", PROVIDER, "userId", employee.id(), "userName", employee.username()))
                .post("/users/{id}/federated-identity/{provider}", user.id(), PROVIDER)
                .then()
                .statusCode(204);
    }
}
