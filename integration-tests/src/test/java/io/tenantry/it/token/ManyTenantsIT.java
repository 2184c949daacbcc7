package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.Database;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A broker's employee, who works for a thousand lenders. */
@ProcessesOnly
class ManyTenantsIT {
    private static final int TENANTS = 1_000;

    @Test
    void aMemberOfAThousandTenantsSignsInAndRefreshesForOne() throws SQLException {
        try (Stack stack = new StackSettings().database(Database.POSTGRES).start();
                TestServer server = new TestServer(stack);
                TestRealm realm = server.createRealm()) {
            TestUser alice = realm.user("alice");
            IntStream.range(0, TENANTS).forEach(n -> realm.org("lender-" + n));
            joinAll(stack, realm, alice);
            TestClient app = Lenders.mapped(realm.confidentialClient("app"), Map.of("tenant.required", "true"));

            Tokens many = app.password(alice, "openid organization:lender-500");

            assertThat(app.refresh(many, "openid organization").accessClaims())
                    .containsEntry("tenant_id", "lender-500")
                    .containsEntry("tenant_roles", List.of());
            assertThat(many.accessToken().length()).isLessThan(1_500);
            assertThat(app.introspect(many.accessToken()).jsonPath().getString("tenant_id"))
                    .isEqualTo("lender-500");
            assertThat(app.login(alice, "openid organization:lender-7").accessClaims())
                    .containsEntry("tenant_id", "lender-7");
            assertThat(app.password(alice, "openid organization:*").error()).isEqualTo("invalid_scope");
        }
    }

    /** By the table: through the admin API each membership costs more than the one before, minutes in all. */
    private static void joinAll(Stack stack, TestRealm realm, TestUser user) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(stack.postgres().jdbcUrl(), "postgres", "postgres");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into user_group_membership (group_id, user_id, membership_type)"
                                + " select group_id, ?, 'UNMANAGED' from org where alias like 'lender-%'")) {
            insert.setString(1, user.id());
            assertThat(insert.executeUpdate()).isEqualTo(TENANTS);
        }
        realm.admin().post("/clear-user-cache").then().statusCode(204);
    }
}
