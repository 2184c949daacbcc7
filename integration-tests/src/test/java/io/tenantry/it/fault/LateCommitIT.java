package io.tenantry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.contract.Selector;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.PublishedRevocations;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.Database;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import io.tenantry.verifier.RevocationCheck.Answer;
import io.tenantry.verifier.TokenIdentity;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A change that ends trust is held up between what it writes and its commit, for longer than any margin. Whatever was
 * issued until the commit is refused once the change is answered.
 */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateCommitIT {
    private static final Duration HELD = Duration.ofSeconds(6);
    private static final String NORTHBANK = "openid organization:northbank";

    private final ExecutorService other = Executors.newCachedThreadPool();
    private Stack stack;
    private TestServer server;
    private TestRealm realm;
    private TestClient app;
    private TestUser alice;
    private RevocationReplica replica;

    @BeforeAll
    void start() {
        stack = new StackSettings().database(Database.POSTGRES).start();
        server = new TestServer(stack);
    }

    @AfterAll
    void stop() {
        other.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void prepare() throws InterruptedException {
        realm = server.createRealm(Map.of("adminEventsEnabled", true, "accessTokenLifespan", 600));
        app = realm.publicClient("app").mapper("tenant-claims-mapper", Map.of("access.token.claim", "true"));
        alice = realm.user("alice");
        realm.org("northbank").add(alice);
        replica = RevocationReplica.start(
                ReplicaSettings.forRealm(stack.redis().uri(), realm.name()).build());
        assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();
    }

    @AfterEach
    void finish() {
        replica.close();
        realm.close();
    }

    @Test
    void aUsersRowIsLockedWhileTheUserIsDisabled() throws Exception {
        Map<String, Object> disabled = alice.representation();
        disabled.put("enabled", false);
        assertCovered(
                "select id from user_entity where id = '" + alice.id() + "' for update",
                () -> realm.admin()
                        .body(disabled)
                        .put("/users/{id}", alice.id())
                        .then()
                        .statusCode(204));
    }

    @Test
    void theTableOfAdminEventsIsLockedWhileATenantIsKilled() throws Exception {
        assertCovered(
                "lock table admin_event_entity in share mode",
                () -> realm.admin()
                        .post("/tenantry/tenants/northbank/revoke")
                        .then()
                        .statusCode(200));
    }

    @Test
    void theTableOfAdminEventsIsLockedWhileAUserIsSignedOut() throws Exception {
        assertCovered("lock table admin_event_entity in share mode", () -> {
            alice.logout();
            return null;
        });
    }

    @Test
    void theCommitItselfTakesLong() throws Exception {
        slowCommits();
        try {
            assertCovered("select 1", () -> {
                alice.logout();
                return null;
            });
        } finally {
            quickCommits();
        }
    }

    @Test
    void theCommitOfAnOrderTakesLong() throws Exception {
        slowCommits();
        try {
            assertCovered(
                    "select 1",
                    () -> realm.admin()
                            .post("/tenantry/users/{id}/revoke", alice.id())
                            .then()
                            .statusCode(200));
        } finally {
            quickCommits();
        }
    }

    @Test
    void aNodeIsKilledInTheMidstOfItsCommitAndAnotherCoversIt() throws Exception {
        KeycloakServer second = stack.newNode();
        second.start();
        TestRealm throughSecond = realm.through(second);
        slowCommits();
        try {
            Instant committed;
            List<Tokens> issued;
            try (SignIns signIns = new SignIns()) {
                Future<?> unanswered =
                        other.submit(() -> throughSecond.admin().post("/tenantry/users/{id}/revoke", alice.id()));
                PublishedRevocations.await(
                        "the commit that takes long",
                        () -> count("select count(*) from pg_stat_activity"
                                        + " where wait_event = 'PgSleep' and query ilike 'commit%'")
                                == 1);
                second.kill();
                assertThatThrownBy(unanswered::get).isInstanceOf(ExecutionException.class);
                PublishedRevocations.await(
                        "the commit of the node that is gone",
                        () -> count("select count(*) from tenantry_revocation where realm = '" + realm.name() + "'")
                                > 0);
                committed = Instant.now();
                issued = signIns.stop();
            }
            PublishedRevocations.await(
                    "a watermark after the commit",
                    () -> replica.status()
                            .watermark()
                            .filter(at -> at.isAfter(committed.plusSeconds(1)))
                            .isPresent());
            assertRevoked(issued, committed);
        } finally {
            quickCommits();
            second.kill();
        }
    }

    /** Holds the change up, and has tokens issued meanwhile: once it is answered, each is refused. */
    private void assertCovered(String lock, Callable<?> change) throws Exception {
        Instant committed;
        List<Tokens> issued;
        try (SignIns signIns = new SignIns();
                Connection holder = connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(lock);
            Future<?> answered = other.submit(change);
            Thread.sleep(HELD.toMillis());
            holder.rollback();
            committed = Instant.now();
            answered.get(30, TimeUnit.SECONDS);
            issued = signIns.stop();
        }
        assertRevoked(issued, committed);
    }

    /** Signs alice in again and again, in a thread of its own: what holds the change up may hold up a request as well. */
    private final class SignIns implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final Future<List<Tokens>> issued = other.submit(() -> {
            List<Tokens> all = new ArrayList<>();
            while (!over.get()) {
                all.add(app.password(alice, NORTHBANK));
                Thread.sleep(300);
            }
            return all;
        });

        /** What was issued until now, before anything is over that these tokens would be issued after. */
        List<Tokens> stop() throws Exception {
            over.set(true);
            return issued.get(30, TimeUnit.SECONDS).stream()
                    .filter(each -> each.status() == 200)
                    .toList();
        }

        @Override
        public void close() {
            over.set(true);
        }
    }

    /** A consumer that follows is told before the answer; but for how long reading takes. */
    private void assertRevoked(List<Tokens> issued, Instant committed) throws InterruptedException {
        List<Tokens> before = issued.stream()
                .filter(each -> !issuedAt(each).isAfter(committed))
                .toList();
        assertThat(before).hasSizeGreaterThan(3);
        Tokens last = before.get(before.size() - 1);
        PublishedRevocations.await(
                "the last token's revocation",
                Duration.ofSeconds(2),
                () -> replica.check(identity(last)) instanceof Answer.Revoked);
        assertThat(before)
                .allSatisfy(each -> assertThat(replica.check(identity(each))).isInstanceOf(Answer.Revoked.class));
    }

    private static TokenIdentity identity(Tokens tokens) {
        return new TokenIdentity(
                issuedAt(tokens),
                false,
                Selector.ofToken(
                        Ending.claim(tokens, "jti"),
                        Ending.claim(tokens, "sid"),
                        Ending.claim(tokens, "sub"),
                        "northbank",
                        "app"));
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }

    private void slowCommits() throws SQLException {
        // Deferred: what takes long is the commit, after the row was written. A second row of the same realm is quick
        execute("create or replace function hold_once() returns trigger language plpgsql as $$ begin"
                + " if (select count(*) from tenantry_revocation where realm = new.realm and kind = new.kind) = 1"
                + " then perform pg_sleep(" + HELD.toSeconds() + "); end if; return null; end $$");
        execute("create constraint trigger hold after insert on tenantry_revocation deferrable initially deferred"
                + " for each row when (new.realm = '" + realm.name() + "' and new.kind in ('sub', 'tenant'))"
                + " execute function hold_once()");
    }

    private void quickCommits() throws SQLException {
        execute("drop trigger if exists hold on tenantry_revocation");
    }

    private long count(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(stack.postgres().jdbcUrl(), "postgres", "postgres");
    }
}
