package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.path.json.JsonPath;
import io.tenantry.contract.Selector;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackException;
import io.tenantry.stack.StackSettings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Redis goes and comes back; a server of its own, because the others rely on theirs. */
@ProcessesOnly
class RevocationOutageIT {
    @Test
    void logoutsSucceedWhileRedisIsGoneAndEveryRevocationIsThereAfterwards() throws InterruptedException {
        try (TestServer server = new TestServer(new StackSettings().start());
                TestRealm realm = server.createRealm()) {
            PublishedRevocations published = PublishedRevocations.of(realm);
            TestClient app = realm.publicClient("app");
            TestUser alice = realm.user("alice");
            List<Tokens> tokens = Stream.generate(() -> app.password(alice, "openid"))
                    .limit(9)
                    .toList();
            List<Selector> sessions = tokens.stream()
                    .map(each -> Selector.sid(String.valueOf(each.accessClaims().get("sid"))))
                    .toList();

            tokens.subList(0, 3).forEach(app::logout);
            server.redisServer().kill();
            tokens.subList(3, 6).forEach(app::logout);
            PublishedRevocations.await(
                    "the outage in the metrics",
                    () -> Metrics.of(server.keycloak()).value("tenantry_revocations_pending") >= 3
                            && Metrics.of(server.keycloak()).value("tenantry_revocations_breaker_open") == 1
                            && Metrics.of(server.keycloak()).value("tenantry_revocations_oldest_pending_age_seconds")
                                    > 1);
            given().get(server.keycloak().managementUri() + "/health/ready")
                    .then()
                    .statusCode(200);
            JsonPath status = realm.revocationStatus();
            assertThat(status.getBoolean("redisReachable")).isFalse();
            assertThat(status.getLong("pending")).isEqualTo(3);
            assertThat(status.getDouble("oldestPendingAge")).isPositive();
            server.redisServer().start();
            PublishedRevocations.await(
                    "the first six", () -> published.selectors().containsAll(sessions.subList(0, 6)));

            server.redisServer().pause();
            tokens.subList(6, 9).forEach(app::logout);
            server.redisServer().resume();
            PublishedRevocations.await("all nine", () -> published.selectors().containsAll(sessions));

            server.redis().flushAll();
            PublishedRevocations.await(
                    "all nine again", () -> published.selectors().containsAll(sessions));
            assertThat(sessions)
                    .allSatisfy(session -> assertThat(published.cutoff(session)).isPresent());
            assertThat(server.keycloak().log()).doesNotContain("ERROR [io.tenantry");
        }
    }

    @Test
    void unreadableUriStopsTheServerAtItsStartNamingTheOptionButNotThePassword() {
        String option = "spi-events-listener--redis-revocations--uri";
        try (Stack stack = new StackSettings()
                .option(option, "redis://user:topsecret@host:port")
                .build()) {
            assertThatThrownBy(stack::start).isInstanceOf(StackException.class);
            assertThat(stack.keycloak().log())
                    .contains("--" + option + " is 'redis://***@host:port'")
                    .doesNotContain("topsecret");
        }
    }
}
