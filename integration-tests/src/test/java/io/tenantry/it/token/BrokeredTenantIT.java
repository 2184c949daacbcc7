package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestProvider;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
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
            TestProvider provider = provider(realm, corporate);
            provider.link(lenders.alice(), employee);
            TestClient app = lenders.strictClient("app");

            assertThat(provider.signIn(app, "openid organization:harbor", employee)
                            .tokens()
                            .accessClaims())
                    .containsEntry("tenant_id", "harbor")
                    .containsEntry("tenant_roles", List.of("analyst", "underwriter"));
            for (String tenant : List.of("summit", "nowhere")) {
                LoginAttempt refused = provider.signIn(app, "openid organization:" + tenant, employee);
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
            TestProvider provider = provider(realm, corporate);
            provider.link(lenders.alice(), employee);
            lenders.harbor().linkProvider(PROVIDER);
            lenders.harbor().attribute("login.identity-provider", PROVIDER);
            lenders.northbank().attribute("login.identity-provider", "another");
            TestClient app = lenders.strictClient("app");

            assertThat(provider.signIn(app, "openid organization:harbor", employee)
                            .tokens()
                            .accessClaims())
                    .containsEntry("tenant_id", "harbor");
            LoginAttempt refused = provider.signIn(app, "openid organization:northbank", employee);
            assertThat(refused.page().status()).isEqualTo(403);
            assertThat(refused.page().text()).contains("another way");
        }
    }

    private static TestProvider provider(TestRealm realm, TestRealm corporate) {
        return TestProvider.create(
                realm, PROVIDER, corporate, Map.of("postBrokerLoginFlowAlias", TenantFlow.afterBroker(realm)));
    }
}
