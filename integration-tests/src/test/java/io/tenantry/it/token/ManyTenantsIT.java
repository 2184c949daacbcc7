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
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A broker's employee, who works for a thousand lenders. */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyTenantsIT {
    private static final int TENANTS = 1_000;
    /** What the page that offers them weighs for each, in bytes. */
    private static final int WEIGHT = 400;

    /** What the page asks of the database, at most: it was one, however many they were. */
    private static final int STATEMENTS = 20;

    private static final String STATEMENT = "[org.hibernate.SQL] (executor-thread";

    private Stack stack;
    private TestServer server;
    private TestRealm realm;
    private TestUser alice;
    private TestClient app;

    @BeforeAll
    void joinAThousand() throws SQLException {
        stack = new StackSettings()
                .database(Database.POSTGRES)
                .option("log-level", "INFO,org.hibernate.SQL:debug")
                .start();
        server = new TestServer(stack);
        realm = server.createRealm(Map.of("loginTheme", "tenantry"));
        alice = realm.user("alice");
        IntStream.range(0, TENANTS).forEach(n -> realm.org("lender-" + n));
        joinAll(stack, realm, alice);
        app = Lenders.mapped(realm.confidentialClient("app"), Map.of("tenant.required", "true"));
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        } else if (stack != null) {
            stack.close();
        }
    }

    @Test
    void aMemberOfAThousandTenantsSignsInAndRefreshesForOne() {
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

    /** Once the server has them in its cache, none of them costs a question to the database. */
    @Test
    void aMemberOfAThousandTenantsIsOfferedThemAll() {
        offered();
        long before = statements();
        Page page = offered();
        long asked = statements() - before;

        assertThat(page.document().select("#tenantry-lenders button").eachAttr("value"))
                .doesNotHaveDuplicates()
                .hasSize(TENANTS);
        assertThat(page.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(TENANTS * WEIGHT);
        assertThat(before).as("statements that were logged at all").isPositive();
        assertThat(asked).as("statements for the page").isLessThan(STATEMENTS);
    }

    private Page offered() {
        return app.open(new Browser(), "openid organization")
                .submit(Map.of("username", alice.username()))
                .page();
    }

    private long statements() {
        return server.keycloak()
                .log()
                .lines()
                .filter(line -> line.contains(STATEMENT))
                .count();
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
