package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import io.tenantry.verifier.RevocationCheck.Answer;
import io.tenantry.verifier.TokenIdentity;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A realm is deleted, made again under its name, or left without the listener for a while. */
@WithServer
class RealmEndsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void realmThatIsDeletedIsRevokedAndItsNamesakeTrustsNoTokenOfIt(TestServer server) throws InterruptedException {
        TestRealm first = server.createRealm();
        Tokens tokens = first.publicClient("app").password(first.user("alice"), "openid");
        try (RevocationReplica following = replica(first)) {
            assertThat(following.check(identity(tokens))).isNotInstanceOf(Answer.Revoked.class);
            first.close();
            PublishedRevocations.await(
                    "the realm's end", () -> following.check(identity(tokens)) instanceof Answer.Revoked);
        }
        try (TestRealm second = server.createRealm(first.name(), Map.of())) {
            try (RevocationReplica fresh = replica(second)) {
                assertThat(fresh.check(identity(tokens))).isInstanceOf(Answer.Revoked.class);
            }
            assertThat(PublishedRevocations.of(second).stream())
                    .anyMatch(revocation -> revocation.cause().equals("realm-deleted"));
            TestClient app = second.publicClient("app");
            TestUser bob = second.user("bob");
            awaitPast(second, Selector.realm());
            try (RevocationReplica fresh = replica(second)) {
                assertThat(fresh.check(identity(app.password(bob, "openid")))).isInstanceOf(Answer.Trusted.class);
            }
        }
    }

    @Test
    void realmWhoseListenerWasOffIsRevokedUpToItsReturn(TestServer server, TestRealm realm)
            throws InterruptedException {
        TestClient app = realm.publicClient("app");
        Tokens tokens = app.password(realm.user("alice"), "openid");
        try (RevocationReplica following = replica(realm)) {
            listeners(realm, List.of("jboss-logging"));
            app.logout(tokens);
            listeners(realm, List.of("jboss-logging", TestRealm.LISTENER));
            Instant back = Instant.now();
            PublishedRevocations.await(
                    "a watermark after the return",
                    () -> following
                            .status()
                            .watermark()
                            .filter(at -> at.isAfter(back))
                            .isPresent());
            assertThat(following.check(identity(tokens))).isInstanceOf(Answer.Revoked.class);
        }
        assertThat(PublishedRevocations.of(realm).stream())
                .anyMatch(revocation -> revocation.cause().equals("listener-restored")
                        && revocation.selector().equals(Selector.realm()));
    }

    @Test
    void onlyACutoffThatLiesAheadCanBeTakenBack(TestRealm realm) throws InterruptedException {
        TestUser alice = realm.user("alice");
        alice.logout();
        String id = realm.admin().get("/tenantry/revocations").jsonPath().getString("revocations[0].id");
        awaitPast(realm, Selector.sub(alice.id()));
        assertThat(realm.admin().delete("/tenantry/revocations/{id}", id).statusCode())
                .isEqualTo(409);
        assertThat(realm.admin().delete("/tenantry/revocations/nothing").statusCode())
                .isEqualTo(404);
    }

    /** Waits for a second that no token of the cutoff's own can be issued in. */
    private static void awaitPast(TestRealm realm, Selector selector) throws InterruptedException {
        PublishedRevocations.await(
                "the time after a cutoff",
                () -> PublishedRevocations.of(realm)
                        .cutoff(selector)
                        .filter(cutoff -> cutoff.isBefore(Instant.now().minusSeconds(1)))
                        .isPresent());
    }

    private static void listeners(TestRealm realm, List<String> listeners) {
        Map<String, Object> config =
                realm.admin().get("/events/config").jsonPath().getMap("");
        config.put("eventsListeners", listeners);
        realm.admin().body(config).put("/events/config").then().statusCode(204);
    }

    private static RevocationReplica replica(TestRealm realm) throws InterruptedException {
        RevocationReplica replica = RevocationReplica.start(
                ReplicaSettings.forRealm(realm.server().redisServer().uri(), realm.name())
                        .build());
        assertThat(replica.awaitFresh(PATIENCE)).isTrue();
        return replica;
    }

    private static TokenIdentity identity(Tokens tokens) {
        Map<String, Object> claims = tokens.accessClaims();
        return TokenIdentity.of(
                Instant.ofEpochSecond(((Number) claims.get("iat")).longValue()),
                (String) claims.get("jti"),
                (String) claims.get("sid"),
                (String) claims.get("sub"),
                null,
                "app");
    }
}
