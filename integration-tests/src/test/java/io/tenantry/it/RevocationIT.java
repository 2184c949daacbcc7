package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every test does the real thing over HTTP and looks at Redis as soon as the answer is there, without waiting. */
@WithServer
class RevocationIT {
    private PublishedRevocations published;
    private TestClient app;
    private TestUser alice;

    @BeforeEach
    void prepare(TestRealm realm) {
        published = PublishedRevocations.of(realm);
        app = realm.publicClient("app");
        alice = realm.user("alice");
    }

    @Test
    void logoutRevokesItsSessionAlone() {
        Tokens ended = app.password(alice, "openid");
        Tokens other = app.password(alice, "openid");
        app.logout(ended);
        assertThat(published.cutoff(Selector.sid(sid(ended))))
                .hasValueSatisfying(cutoff -> assertThat(cutoff).isAfterOrEqualTo(issuedAt(ended)));
        assertThat(published.selectors()).containsExactly(Selector.sid(sid(ended)));
        assertThat(published.cutoff(Selector.sid(sid(other)))).isEmpty();
    }

    @Test
    void noSecurityEventIsMadeUnlessAskedFor() {
        app.logout(app.password(alice, "openid"));
        assertThat(published.stream())
                .singleElement()
                .satisfies(revocation -> assertThat(revocation.securityEvent()).isNull());
    }

    @Test
    void revocationIsKeptForTheLongestTokenOfAnyClient(TestRealm realm) {
        realm.publicClient("patient").update(Map.of("attributes", Map.of("access.token.lifespan", "7200")));
        app.password(alice, "openid");
        alice.logout();
        assertThat(published.stream())
                .filteredOn(revocation -> revocation.selector().equals(Selector.sub(alice.id())))
                .singleElement()
                .satisfies(revocation -> assertThat(Duration.between(revocation.cutoff(), revocation.expiresAt()))
                        .isEqualTo(Duration.ofHours(2).plusMinutes(1)));
    }

    @Test
    void revocationIsKeptForTokensOfALifespanThatWasJustLowered(TestRealm realm) {
        realm.update(Map.of("accessTokenLifespan", 7_200));
        Tokens tokens = app.password(alice, "openid");
        realm.update(Map.of("accessTokenLifespan", 60));
        app.logout(tokens);
        assertKeptFor(tokens, Selector.sid(sid(tokens)));
    }

    @Test
    void revocationIsKeptForTokensOfAnOverrideThatWasJustTakenAwayWithItsClient(TestRealm realm) {
        TestClient patient = realm.publicClient("patient");
        patient.update(Map.of("attributes", Map.of("access.token.lifespan", "7200")));
        Tokens tokens = patient.password(alice, "openid");
        patient.update(Map.of("attributes", Map.of("access.token.lifespan", "60")));
        alice.logout();
        assertKeptFor(tokens, Selector.sub(alice.id()));
        TestClient brief = realm.publicClient("brief");
        brief.update(Map.of("attributes", Map.of("access.token.lifespan", "10800")));
        Tokens longer = brief.password(alice, "openid");
        realm.admin().delete("/clients/{id}", brief.id()).then().statusCode(204);
        alice.logout();
        assertKeptFor(longer, Selector.sub(alice.id()));
    }

    /** The revocation is there as long as the token is valid, by a clock that is a minute off as well, and little longer. */
    private void assertKeptFor(Tokens tokens, Selector selector) {
        Instant expiry = Instant.ofEpochSecond(((Number) tokens.accessClaims().get("exp")).longValue());
        assertThat(published.stream().stream()
                        .filter(revocation -> revocation.selector().equals(selector))
                        .map(Revocation::expiresAt)
                        .max(Instant::compareTo))
                .hasValueSatisfying(
                        until -> assertThat(until).isBetween(expiry.plusSeconds(60), expiry.plusSeconds(300)));
    }

    @Test
    void revokedAccessTokenIsRevokedByItsId() {
        Tokens tokens = app.password(alice, "openid");
        revoke(tokens.accessToken());
        assertThat(published.selectors())
                .containsExactly(
                        Selector.jti(String.valueOf(tokens.accessClaims().get("jti"))));
    }

    @Test
    void revokedRefreshTokenRevokesTheClientsGrant() {
        revoke(app.password(alice, "openid").refreshToken());
        assertThat(published.selectors()).containsExactly(Selector.grant("app", alice.id()));
    }

    @Test
    void disabledUserIsRevoked() {
        alice.update(Map.of("firstName", "Alicia"));
        assertThat(published.selectors()).isEmpty();
        alice.update(Map.of("enabled", false));
        assertThat(published.selectors()).containsExactly(Selector.sub(alice.id()));
    }

    @Test
    void lockedOutUserIsRevoked(TestRealm realm) throws InterruptedException {
        realm.update(Map.of("bruteForceProtected", true, "permanentLockout", true, "failureFactor", 1));
        RestAssured.given()
                .formParams(
                        Map.of("client_id", "app", "grant_type", "password", "username", "alice", "password", "wrong"))
                .post(realm.issuer() + "/protocol/openid-connect/token");
        // Keycloak counts failures beside the request, so the lockout may follow the answer
        PublishedRevocations.await("the lockout", () -> published.selectors().contains(Selector.sub(alice.id())));
    }

    @Test
    void newPasswordRevokesTheUser() {
        assertThat(alice.resetPassword("Another-Horse-8-Battery").statusCode()).isEqualTo(204);
        assertThat(published.selectors()).containsExactly(Selector.sub(alice.id()));
    }

    @Test
    void adminsLogoutAndTheDeletionOfAUserRevokeTheUser() {
        app.password(alice, "openid");
        alice.logout();
        assertThat(published.selectors()).contains(Selector.sub(alice.id()));
        int before = published.stream().size();
        alice.delete();
        assertThat(published.selectors().subList(before, published.stream().size()))
                .containsOnly(Selector.sub(alice.id()));
    }

    @Test
    void sessionDeletedByAnAdminIsRevoked(TestRealm realm) {
        Tokens tokens = app.password(alice, "openid");
        realm.admin().delete("/sessions/{id}", sid(tokens)).then().statusCode(204);
        assertThat(published.selectors()).containsExactly(Selector.sid(sid(tokens)));
    }

    @Test
    void lostMembershipRevokesTheUserInThatTenantAlone(TestRealm realm) {
        TestOrg northbank = realm.org("northbank").add(alice);
        realm.org("harbor").add(alice);
        northbank.remove(alice);
        assertThat(published.selectors()).containsOnly(Selector.member("northbank", alice.id()));
    }

    @Test
    void leftGroupOfATenantRevokesTheUserInThatTenantAlone(TestRealm realm) {
        TestOrg northbank = realm.org("northbank").add(alice);
        TestOrgGroup officers = northbank.group("officers").realmRole("officer").add(alice);
        officers.remove(alice);
        assertThat(published.selectors()).containsOnly(Selector.member("northbank", alice.id()));
    }

    @Test
    void roleTakenFromATenantsGroupRevokesTheTenant(TestRealm realm) {
        realm.org("northbank").group("officers").realmRole("officer").withoutRealmRole("officer");
        assertThat(published.selectors()).containsOnly(Selector.tenant("northbank"));
    }

    @Test
    void disabledAndDeletedTenantsAreRevoked(TestRealm realm) {
        TestOrg northbank = realm.org("northbank");
        TestOrg harbor = realm.org("harbor").add(alice);
        northbank.update(Map.of("enabled", false));
        assertThat(published.selectors()).containsExactly(Selector.tenant("northbank"));
        harbor.delete();
        assertThat(published.selectors()).contains(Selector.tenant("harbor"));
    }

    @Test
    void clientIsRevokedWhenDisabledGivenANewSecretOrDeleted(TestRealm realm) {
        app.update(Map.of("enabled", false));
        assertThat(published.selectors()).containsExactly(Selector.azp("app"));
        TestClient batch = realm.confidentialClient("batch");
        realm.admin().post("/clients/{id}/client-secret", batch.id()).then().statusCode(200);
        assertThat(published.selectors()).containsExactlyInAnyOrder(Selector.azp("app"), Selector.azp("batch"));
        realm.admin().delete("/clients/{id}", app.id()).then().statusCode(204);
        assertThat(published.selectors())
                .containsExactlyInAnyOrder(Selector.azp("app"), Selector.azp("batch"), Selector.azp("app"));
    }

    @Test
    void roleTakenFromAGroupOfTheRealmRevokesWhoIsInOrBelowIt(TestRealm realm) {
        Map<String, Object> role = role(realm, "teller");
        String group = group(realm, "/groups", "tellers");
        String below = group(realm, "/groups/" + group + "/children", "seniors");
        TestUser bob = realm.user("bob");
        realm.user("carol");
        realm.admin()
                .put("/users/{id}/groups/{group}", alice.id(), group)
                .then()
                .statusCode(204);
        realm.admin().put("/users/{id}/groups/{group}", bob.id(), below).then().statusCode(204);
        realm.admin()
                .body(List.of(role))
                .post("/groups/{id}/role-mappings/realm", group)
                .then()
                .statusCode(204);
        assertThat(published.selectors()).isEmpty();

        realm.admin()
                .body(List.of(role))
                .delete("/groups/{id}/role-mappings/realm", group)
                .then()
                .statusCode(204);

        assertThat(published.selectors()).containsExactlyInAnyOrder(Selector.sub(alice.id()), Selector.sub(bob.id()));
    }

    @Test
    void deletedGroupOfTheRealmRevokesWhoWasInIt(TestRealm realm) {
        String group = group(realm, "/groups", "tellers");
        realm.admin()
                .put("/users/{id}/groups/{group}", alice.id(), group)
                .then()
                .statusCode(204);

        realm.admin().delete("/groups/{id}", group).then().statusCode(204);

        assertThat(published.selectors()).containsExactly(Selector.sub(alice.id()));
    }

    @Test
    void deletedRoleAndOneTakenOutOfACompositeRevokeTheRealm(TestRealm realm) {
        Map<String, Object> analyst = role(realm, "analyst");
        role(realm, "underwriter");
        realm.admin()
                .body(List.of(analyst))
                .post("/roles/underwriter/composites")
                .then()
                .statusCode(204);
        assertThat(published.selectors()).isEmpty();
        realm.admin()
                .body(List.of(analyst))
                .delete("/roles/underwriter/composites")
                .then()
                .statusCode(204);
        assertThat(published.selectors()).containsExactly(Selector.realm());
        realm.admin().delete("/roles/analyst").then().statusCode(204);
        assertThat(published.selectors()).containsExactly(Selector.realm(), Selector.realm());
    }

    @Test
    void deletedClientWithRolesRevokesItselfAlone(TestRealm realm) {
        realm.admin()
                .body(Map.of("name", "reader"))
                .post("/clients/{id}/roles", app.id())
                .then()
                .statusCode(201);
        realm.admin().delete("/clients/{id}", app.id()).then().statusCode(204);
        assertThat(published.selectors()).containsOnly(Selector.azp("app"));
    }

    @Test
    void refreshTokenThatComesAgainRevokesTheGrant(TestRealm realm) {
        realm.update(Map.of("revokeRefreshToken", true, "refreshTokenMaxReuse", 0));
        Tokens first = app.password(alice, "openid");
        Tokens second = app.refresh(first);
        assertThat(second.status()).isEqualTo(200);
        assertThat(published.selectors()).isEmpty();

        assertThat(app.refresh(first).status()).isEqualTo(400);

        assertThat(published.selectors()).containsExactly(Selector.grant("app", alice.id()));
        assertThat(app.refresh(second).status()).isEqualTo(400);
    }

    @Test
    void logoutAllAndNotBeforeRevokeTheRealm(TestRealm realm) {
        realm.admin().post("/logout-all").then().statusCode(200);
        assertThat(published.selectors()).containsOnly(Selector.realm());
        Instant before = published.cutoff(Selector.realm()).orElseThrow();
        realm.update(Map.of("notBefore", Instant.now().getEpochSecond() + 100));
        // One that lies ahead binds up to now, and is said again as long as it does
        assertThat(published.cutoff(Selector.realm()).orElseThrow())
                .isAfter(before)
                .isBefore(Instant.now().plusSeconds(5));
    }

    @Test
    void refusedChangeRevokesNothing(TestRealm realm) {
        realm.update(Map.of("passwordPolicy", "length(20)"));
        int before = published.stream().size();
        assertThat(alice.resetPassword("short").statusCode()).isEqualTo(400);
        assertThat(published.stream()).hasSize(before);
    }

    @Test
    void watermarkFollowsTheClock() throws InterruptedException {
        Instant start = Instant.now();
        PublishedRevocations.await(
                "a watermark after " + start, () -> published.watermark().isAfter(start));
        app.logout(app.password(alice, "openid"));
        Instant later = Instant.now();
        PublishedRevocations.await(
                "a watermark after " + later, () -> published.watermark().isAfter(later));
        assertThat(published.stream()).hasSize(1);
    }

    @Test
    void realmWithoutTheListenerPublishesNothing(TestServer server) {
        try (TestRealm silent = server.createRealm(Map.of("eventsListeners", List.of("jboss-logging")))) {
            TestUser bob = silent.user("bob");
            bob.update(Map.of("enabled", false));
            bob.delete();
            assertThat(server.redis().keys("{tenantry:" + silent.name() + "}*")).isEmpty();
        }
    }

    private static Map<String, Object> role(TestRealm realm, String name) {
        realm.role(name);
        return realm.admin().get("/roles/{name}", name).jsonPath().getMap("");
    }

    private static String group(TestRealm realm, String path, String name) {
        return Created.id(realm.admin().body(Map.of("name", name)).post(path));
    }

    private void revoke(String token) {
        RestAssured.given()
                .formParams(Map.of("client_id", "app", "token", token))
                .post(app.realm().issuer() + "/protocol/openid-connect/revoke")
                .then()
                .statusCode(200);
    }

    private static String sid(Tokens tokens) {
        return String.valueOf(tokens.accessClaims().get("sid"));
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }
}
