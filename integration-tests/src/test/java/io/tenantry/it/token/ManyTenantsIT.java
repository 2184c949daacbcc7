package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A broker's employee, who works for a thousand lenders. */
@WithServer
class ManyTenantsIT {
    private static final int TENANTS = 1_000;

    @Test
    void aMemberOfAThousandTenantsSignsInAndRefreshesForOne(TestServer server) {
        Map<String, Object> alice = Map.of(
                "id",
                "5a1b6b2e-0000-4000-8000-000000000001",
                "username",
                "alice",
                "enabled",
                true,
                "email",
                "alice@example.test",
                "firstName",
                "First",
                "lastName",
                "Last",
                "credentials",
                List.of(Map.of("type", "password", "value", TestUser.PASSWORD, "temporary", false)));
        List<Map<String, Object>> lenders = new ArrayList<>();
        IntStream.range(0, TENANTS)
                .forEach(n -> lenders.add(Map.of(
                        "name",
                        "lender-" + n,
                        "alias",
                        "lender-" + n,
                        "enabled",
                        true,
                        "domains",
                        List.of(Map.of("name", "lender-" + n + ".example")),
                        "members",
                        List.of(Map.of("username", "alice", "membershipType", "UNMANAGED")))));
        try (TestRealm realm = server.createRealm(Map.of("users", List.of(alice), "organizations", lenders))) {
            TestUser member = new TestUser(realm, "5a1b6b2e-0000-4000-8000-000000000001", "alice");
            TestClient app = Lenders.mapped(realm.confidentialClient("app"), Map.of("tenant.required", "true"));

            Tokens tokens = app.password(member, "openid organization:lender-500");
            Tokens refreshed = app.refresh(tokens, "openid organization");

            assertThat(refreshed.accessClaims())
                    .containsEntry("tenant_id", "lender-500")
                    .containsEntry("tenant_roles", List.of());
            assertThat(refreshed.accessToken().length()).isLessThan(1_500);
            assertThat(app.password(member, "openid organization:*").error()).isEqualTo("invalid_scope");
            assertThat(app.introspect(refreshed.accessToken()).jsonPath().getString("tenant_id"))
                    .isEqualTo("lender-500");
        }
    }
}
