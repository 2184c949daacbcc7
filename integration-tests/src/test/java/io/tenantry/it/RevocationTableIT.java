package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tenantry.contract.Selector;
import io.tenantry.stack.Database;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The tables on PostgreSQL: a change and its revocation are committed together or not at all. */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationTableIT {
    private static final int MEMBERS = Exhaustive.of(1_200, 600);
    private static final int SIGNED_IN = 30;
    private static final int APART = MEMBERS / SIGNED_IN;

    private Stack stack;
    private TestServer server;
    private TestRealm realm;
    private PublishedRevocations published;
    private TestClient app;
    private TestUser alice;

    @BeforeAll
    void start() {
        stack = new StackSettings()
                .database(Database.POSTGRES)
                .option("spi-events-listener--redis-revocations--publish-timeout", "10000")
                .start();
        server = new TestServer(stack);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() {
        realm = server.createRealm();
        published = PublishedRevocations.of(realm);
        app = realm.publicClient("app").mapper("tenant-claims-mapper", Map.of("access.token.claim", "true"));
        alice = realm.user("alice");
    }

    @AfterEach
    void finish() {
        realm.close();
    }

    @Test
    void everyTableIsThere() {
        assertThat(query("select table_name from information_schema.tables where table_name like 'tenantry%'"))
                .containsExactlyInAnyOrder(
                        "tenantry_revocation",
                        "tenantry_epoch",
                        "tenantry_cutoff",
                        "tenantry_lifetime",
                        "tenantry_vouched_credential");
    }

    @Test
    void changeWhoseRevocationCannotBeWrittenFailsAndIsUndone() {
        TestOrg northbank = realm.org("northbank").add(alice);
        Tokens tokens = app.password(alice, "openid organization:northbank");
        execute("alter table tenantry_revocation add constraint refused check (realm <> '" + realm.name()
                + "') not valid");
        try {
            assertFailed(given().formParams(Map.of("client_id", "app", "refresh_token", tokens.refreshToken()))
                    .post(realm.issuer() + "/protocol/openid-connect/logout"));
            assertFailed(realm.admin().post("/users/{id}/logout", alice.id()));
            Map<String, Object> disabled = alice.representation();
            disabled.put("enabled", false);
            assertFailed(realm.admin().body(disabled).put("/users/{id}", alice.id()));
            assertFailed(realm.admin().delete("/organizations/{id}/members/{user}", northbank.id(), alice.id()));
            assertFailed(realm.admin().delete("/users/{id}", alice.id()));
            assertFailed(realm.admin().post("/tenantry/tenants/northbank/revoke"));
        } finally {
            execute("alter table tenantry_revocation drop constraint refused");
        }
        assertThat(rows()).isEmpty();
        assertThat(published.stream()).isEmpty();
        assertThat(alice.representation()).containsEntry("enabled", true);
        Tokens refreshed = app.refresh(tokens);
        assertThat(refreshed.status()).as("the session goes on").isEqualTo(200);
        assertThat(refreshed.accessClaims()).containsEntry("tenant_id", "northbank");

        app.logout(refreshed);
        assertThat(rows()).containsExactly("logout");
    }

    @Test
    void changeThatIsRolledBackLeavesNoRow() {
        // Deferred: what fails is the commit, after the row was written
        execute("create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'refused'; end $$");
        execute("create constraint trigger refused after update or delete on user_entity deferrable initially deferred"
                + " for each row when (old.realm_id = '"
                + realm.admin().get().jsonPath().getString("id") + "') execute function refuse()");
        try {
            Map<String, Object> disabled = alice.representation();
            disabled.put("enabled", false);
            assertFailed(realm.admin().body(disabled).put("/users/{id}", alice.id()));
            assertFailed(realm.admin().delete("/users/{id}", alice.id()));
        } finally {
            execute("drop trigger refused on user_entity");
            execute("drop function refuse()");
        }
        assertThat(rows()).isEmpty();
        assertThat(published.stream()).isEmpty();

        alice.update(Map.of("enabled", false));
        assertThat(rows()).containsExactly("user-disabled");
    }

    @Test
    void lifetimeThatAnotherNodeNotedCountsAtOnce() {
        app.logout(app.password(alice, "openid"));
        execute("update tenantry_lifetime set longest = 86400000 where realm_id = '"
                + realm.admin().get().jsonPath().getString("id") + "'");
        app.logout(app.password(alice, "openid"));
        realm.admin().post("/logout-all").then().statusCode(200);
        assertThat(query("select kind || case when expires_at - created_at > 86400000 then ' for a day' else '' end"
                        + " from tenantry_revocation where realm = '" + realm.name() + "' order by created_at"))
                .startsWith("sid", "sid for a day")
                .contains("realm for a day")
                .doesNotContain("realm");
    }

    @Test
    void expiredRowsArePurgedHoweverMany() throws InterruptedException {
        alice.update(Map.of("enabled", false));
        execute("insert into tenantry_revocation (id, realm, kind, selector, cutoff, expires_at, cause, created_at,"
                + " published_at) select 'old-' || i, '" + realm.name()
                + "', 'sid', 's' || i, 1, 2, 'logout', 1, 1 from generate_series(1, 3500) i");
        PublishedRevocations.await("nothing but the live one is left", () -> rows().equals(List.of("user-disabled")));
    }

    @Test
    void tenantWithHundredsOfMembersIsKilledWithinSeconds() {
        TestOrg northbank = realm.org("northbank").add(alice);
        copyAlice(MEMBERS);
        List<Tokens> held = new ArrayList<>();
        for (int i = 0; i < SIGNED_IN; i++) {
            // Spread, so that every batch of members has some
            TestUser member = new TestUser(realm, "m" + i * APART, "member-" + i * APART);
            Tokens tokens = app.password(member, "openid organization:northbank");
            assertThat(tokens.accessClaims()).containsEntry("tenant_id", "northbank");
            held.add(tokens);
        }
        long start = System.nanoTime();

        JsonPath answer = realm.admin()
                .post("/tenantry/tenants/northbank/revoke")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.printf("A tenant of %,d members, %d sessions: killed in %,d ms%n", MEMBERS + 1, SIGNED_IN, millis);
        assertThat(answer.getBoolean("published")).isTrue();
        assertThat(answer.getInt("userSessionsEnded")).isEqualTo(SIGNED_IN);
        assertThat(published.selectors()).containsExactly(Selector.tenant("northbank"));
        assertThat(held)
                .allSatisfy(tokens -> assertThat(app.refresh(tokens).status()).isEqualTo(400));
        northbank.delete();
    }

    private static void assertFailed(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isGreaterThanOrEqualTo(400);
    }

    /** Members m1, m2, … with alice's password, past Keycloak: through it they would take minutes. */
    private void copyAlice(int count) {
        execute("insert into user_entity (id, email_verified, enabled, realm_id, username, not_before, email,"
                + " email_constraint, first_name, last_name) select 'm' || i, true, true, realm_id, 'member-' || i, 0,"
                + " 'm' || i || '@example.test', 'm' || i || '@example.test', first_name, last_name"
                + " from user_entity, generate_series(0, " + (count - 1) + ") i where id = '" + alice.id() + "'");
        execute("insert into credential (id, type, user_id, created_date, secret_data, credential_data, priority)"
                + " select 'c' || i || '-' || substr(id, 1, 20), type, 'm' || i, created_date, secret_data,"
                + " credential_data, priority from credential, generate_series(0, " + (count - 1)
                + ") i where user_id = '" + alice.id() + "'");
        execute("insert into user_group_membership (group_id, user_id, membership_type)"
                + " select group_id, 'm' || i, membership_type from user_group_membership, generate_series(0, "
                + (count - 1) + ") i where user_id = '" + alice.id() + "'");
    }

    /** The causes of the realm's revocations. */
    private List<String> rows() {
        return query("select cause from tenantry_revocation where realm = '" + realm.name() + "'");
    }

    private List<String> query(String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
        return values;
    }

    private void execute(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(stack.postgres().jdbcUrl(), "postgres", "postgres");
    }
}
