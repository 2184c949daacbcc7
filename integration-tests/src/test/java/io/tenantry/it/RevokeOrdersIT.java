package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.stack.browser.Browser;
import io.tenantry.verifier.KeySettings;
import io.tenantry.verifier.Rejection;
import io.tenantry.verifier.TenantTokenVerifier;
import io.tenantry.verifier.Verification;
import io.tenantry.verifier.VerifierSettings;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator orders is in Redis with the answer, refused by consumers, and ended in Keycloak. */
@WithServer
class RevokeOrdersIT {
    private static final String NORTHBANK = "openid organization:northbank";
    private static final String HARBOR = "openid organization:harbor";
    /** What a cutoff reaches past its commit, and a second more, as tokens count whole ones. */
    private static final Duration MARGIN = Duration.ofMillis(3_100);

    private TestRealm realm;
    private PublishedRevocations published;
    private TestOrg northbank;
    private TestOrg harbor;
    private TestUser alice;
    private TestClient app;

    @BeforeEach
    void prepare(TestRealm fresh) {
        realm = fresh.update(Map.of("adminEventsEnabled", true, "adminEventsDetailsEnabled", true));
        published = PublishedRevocations.of(realm);
        alice = realm.user("alice");
        northbank = realm.org("northbank").add(alice);
        harbor = realm.org("harbor").add(alice);
        app = client("app");
    }

    private TestClient client(String clientId) {
        TestClient client = realm.publicClient(clientId)
                .mapper(
                        "tenant-claims-mapper",
                        Map.of("access.token.claim", "true", "introspection.token.claim", "true"));
        return client.audience(client);
    }

    @Test
    void killOfATenantIsKnownToConsumersWithTheAnswerAndLeavesOtherTenantsAlone() throws InterruptedException {
        TestUser bob = realm.user("bob");
        harbor.add(bob);
        Tokens killed = app.password(alice, NORTHBANK);
        Tokens other = app.password(bob, HARBOR);
        try (RevocationReplica replica = replica();
                TenantTokenVerifier verifier = verifier(replica)) {
            assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();
            assertThat(verifier.verify(killed.accessToken())).isInstanceOf(Verification.Accepted.class);

            JsonPath answer = revoke("/tenants/northbank/revoke").jsonPath();

            assertThat(answer.getBoolean("published")).isTrue();
            assertThat(answer.getList("revocations.kind")).containsExactly("tenant");
            assertThat(answer.getList("revocations.selector[0]")).containsExactly("northbank");
            assertThat(answer.getList("revocations.cause")).containsExactly("tenant-revoked");
            assertThat(published.cutoff(Selector.tenant("northbank")))
                    .hasValueSatisfying(cutoff ->
                            assertThat(cutoff).isEqualTo(Instant.parse(answer.getString("revocations[0].cutoff"))));
            assertThat(published.selectors()).containsExactly(Selector.tenant("northbank"));
            awaitRevoked(verifier, killed, RevocationKind.TENANT);
            assertThat(verifier.verify(other.accessToken())).isInstanceOf(Verification.Accepted.class);
        }
        assertThat(app.refresh(other).status()).isEqualTo(200);
    }

    @Test
    void killOfATenantEndsItsSessionsAndRefreshTokensAndANewSignInWorks() throws InterruptedException {
        Tokens online = app.password(alice, NORTHBANK);
        Tokens offline = app.password(alice, NORTHBANK + " offline_access");
        Tokens elsewhere = app.password(alice, HARBOR);

        JsonPath answer = revoke("/tenants/northbank/revoke").jsonPath();

        // Two sign-ins, one of which left an offline session as well
        assertThat(answer.getInt("userSessionsEnded")).isBetween(2, 3);
        assertThat(sessions(alice))
                .containsExactly(String.valueOf(elsewhere.accessClaims().get("sid")));
        assertThat(offlineSessions(alice)).isEmpty();
        assertRefused(app.refresh(online));
        assertRefused(app.refresh(offline));
        assertThat(app.refresh(elsewhere).accessClaims()).containsEntry("tenant_id", "harbor");

        Thread.sleep(MARGIN.toMillis());
        Tokens renewed = app.password(alice, NORTHBANK);
        assertThat(issuedAt(renewed))
                .isAfter(published.cutoff(Selector.tenant("northbank")).orElseThrow());
        assertThat(app.refresh(renewed).accessClaims()).containsEntry("tenant_id", "northbank");
    }

    @Test
    void sharedSessionStaysForTheOtherTenantAndTheKilledTenantsRefreshTokenDoesNot() throws InterruptedException {
        Browser browser = new Browser();
        Tokens forNorthbank = app.login(browser, alice, NORTHBANK, "northbank");
        Tokens forHarbor = app.open(browser, HARBOR)
                .complete(alice, TestUser.PASSWORD, "harbor")
                .tokens();
        assertThat(forHarbor.accessClaims())
                .containsEntry("sid", forNorthbank.accessClaims().get("sid"));

        JsonPath answer = revoke("/tenants/northbank/revoke").jsonPath();

        assertThat(answer.getInt("clientSessionsEnded")).isZero();
        Tokens refused = app.refresh(forNorthbank);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
        assertThat(refused.errorDescription()).contains("revoked");
        assertThat(app.refresh(forHarbor).accessClaims()).containsEntry("tenant_id", "harbor");

        // What is left in the session is harbor's alone
        Thread.sleep(MARGIN.toMillis());
        assertThat(revoke("/tenants/harbor/revoke").jsonPath().getInt("userSessionsEnded"))
                .isEqualTo(1);
        assertThat(sessions(alice)).isEmpty();
    }

    @Test
    void introspectionAndExchangeRefuseWhatAKillEnded() {
        TestClient api =
                realm.confidentialClient("api").mapper("tenant-claims-mapper", Map.of("access.token.claim", "true"));
        api.audience(api);
        Tokens tokens = api.password(alice, NORTHBANK);
        assertThat(api.introspect(tokens.accessToken()).jsonPath().getBoolean("active"))
                .isTrue();

        revoke("/tenants/northbank/revoke");

        assertThat(api.introspect(tokens.accessToken()).jsonPath().getBoolean("active"))
                .isFalse();
        assertThat(api.exchange(tokens.accessToken(), "openid").status()).isEqualTo(400);
    }

    @Test
    void dedicatedRealmIsKilledWhole(TestServer server) throws InterruptedException {
        try (TestRealm own = server.createRealm(
                Map.of("organizationsEnabled", false, "attributes", Map.of("tenant_id", "granite")))) {
            TestClient teller = own.publicClient("teller");
            TestUser gina = own.user("gina");
            Browser browser = new Browser();
            Tokens tokens = teller.open(browser, "openid")
                    .credentials(gina, TestUser.PASSWORD)
                    .tokens();
            own.publicClient("vault").open(browser, "openid").tokens();
            Tokens offline = teller.password(gina, "openid offline_access");
            own.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(404);

            JsonPath answer = own.admin()
                    .post("/tenantry/tenants/granite/revoke")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();

            // One session of two clients, and an offline one
            assertThat(answer.getInt("userSessionsEnded")).isEqualTo(2);
            assertThat(answer.getInt("clientSessionsEnded")).isEqualTo(3);
            assertRefused(teller.refresh(offline));

            assertThat(PublishedRevocations.of(own).cutoff(Selector.tenant("granite")))
                    .isPresent();
            assertRefused(teller.refresh(tokens));
        }
    }

    @Test
    void revokedUserIsRefusedEverywhereAndSignsInAgain() throws InterruptedException {
        Tokens online = app.password(alice, NORTHBANK);
        Tokens offline = app.password(alice, HARBOR + " offline_access");

        JsonPath answer = revoke("/users/" + alice.id() + "/revoke").jsonPath();

        assertThat(answer.getBoolean("published")).isTrue();
        assertThat(published.cutoff(Selector.sub(alice.id()))).isPresent();
        assertThat(sessions(alice)).isEmpty();
        assertThat(offlineSessions(alice)).isEmpty();
        assertRefused(app.refresh(online));
        assertRefused(app.refresh(offline));
        Thread.sleep(MARGIN.toMillis());
        assertThat(app.refresh(app.password(alice, NORTHBANK)).status()).isEqualTo(200);
    }

    @Test
    void userIsRevokedForOneTenantAlone() throws InterruptedException {
        TestUser bob = realm.user("bob");
        northbank.add(bob);
        Tokens killed = app.password(alice, NORTHBANK);
        Tokens elsewhere = app.password(alice, HARBOR);
        Tokens colleague = app.password(bob, NORTHBANK);
        try (RevocationReplica replica = replica();
                TenantTokenVerifier verifier = verifier(replica)) {
            assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();

            revoke("/users/" + alice.id() + "/revoke?tenant=northbank");

            assertThat(published.selectors()).containsExactly(Selector.member("northbank", alice.id()));
            awaitRevoked(verifier, killed, RevocationKind.MEMBER);
            assertThat(verifier.verify(elsewhere.accessToken())).isInstanceOf(Verification.Accepted.class);
            assertThat(verifier.verify(colleague.accessToken())).isInstanceOf(Verification.Accepted.class);
        }
        assertRefused(app.refresh(killed));
        assertThat(app.refresh(elsewhere).status()).isEqualTo(200);
        assertThat(app.refresh(colleague).status()).isEqualTo(200);
    }

    @Test
    void revokedClientLosesWhatItHoldsAndOthersDoNot() throws InterruptedException {
        TestClient batch = client("batch");
        Tokens held = batch.password(alice, NORTHBANK);
        Tokens other = app.password(alice, NORTHBANK);

        revoke("/clients/" + batch.id() + "/revoke");

        assertThat(published.selectors()).containsExactly(Selector.azp("batch"));
        assertRefused(batch.refresh(held));
        assertThat(app.refresh(other).status()).isEqualTo(200);
        Thread.sleep(MARGIN.toMillis());
        assertThat(batch.refresh(batch.password(alice, NORTHBANK)).status()).isEqualTo(200);
    }

    @Test
    void oneTokenIsRevokedByItsId() throws InterruptedException {
        Tokens ended = app.password(alice, NORTHBANK);
        Tokens other = app.password(alice, NORTHBANK);
        String jti = String.valueOf(ended.accessClaims().get("jti"));
        try (RevocationReplica replica = replica();
                TenantTokenVerifier verifier = verifier(replica)) {
            assertThat(replica.awaitFresh(Duration.ofSeconds(20))).isTrue();

            revoke("/tokens/" + jti);

            assertThat(published.selectors()).containsExactly(Selector.jti(jti));
            awaitRevoked(verifier, ended, RevocationKind.JTI);
            assertThat(verifier.verify(other.accessToken())).isInstanceOf(Verification.Accepted.class);
        }
    }

    @Test
    void everyOrderIsAnAdminEventThatHoldsNoToken() {
        Tokens tokens = app.password(alice, NORTHBANK);
        String jti = String.valueOf(tokens.accessClaims().get("jti"));
        revoke("/tenants/northbank/revoke");
        revoke("/users/" + alice.id() + "/revoke");
        revoke("/clients/" + app.id() + "/revoke");
        revoke("/tokens/" + jti);
        admin().post("/revocations/republish").then().statusCode(204);

        // Keycloak filters by its own resource types alone
        Response events = realm.admin()
                .queryParam("operationTypes", "ACTION")
                .queryParam("max", 100)
                .get("/admin-events");

        assertThat(events.jsonPath().getList("resourcePath"))
                .containsExactlyInAnyOrder(
                        "tenantry/tenants/northbank/revoke",
                        "tenantry/users/" + alice.id() + "/revoke",
                        "tenantry/clients/" + app.id() + "/revoke",
                        "tenantry/tokens/" + jti,
                        "tenantry/revocations/republish");
        assertThat(events.jsonPath().getList("resourceType")).containsOnly("TENANTRY_REVOCATION");
        assertThat(events.asString())
                .contains("tenant-revoked")
                .doesNotContain(tokens.accessToken(), tokens.refreshToken());
    }

    @Test
    void whatDoesNotExistIsNotFoundAndWhatIsNoIdIsExplained() {
        String token = app.password(alice, NORTHBANK).accessToken();
        assertThat(admin().post("/tenants/nobank/revoke").statusCode()).isEqualTo(404);
        assertThat(admin().post("/tenants/{alias}/revoke", "a".repeat(300)).statusCode())
                .isEqualTo(404);
        assertThat(admin().post("/users/nobody/revoke").statusCode()).isEqualTo(404);
        assertThat(admin().post("/users/{id}/revoke?tenant=nobank", alice.id()).statusCode())
                .isEqualTo(404);
        assertThat(admin().post("/clients/none/revoke").statusCode()).isEqualTo(404);
        for (String noId : List.of(token, "a".repeat(129), "a b")) {
            Response refused = admin().post("/tokens/{jti}", noId);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.jsonPath().getString("errorMessage"))
                    .contains("jti")
                    .doesNotContain(noId);
        }
        for (String query : List.of("max=0", "max=1001", "max=x", "first=-1")) {
            Response refused = admin().get("/revocations?" + query);
            assertThat(refused.statusCode()).as(query).isEqualTo(400);
            assertThat(refused.jsonPath().getString("errorMessage")).contains(query.split("=", -1)[0]);
        }
        assertThat(published.selectors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant=",
                "tenant",
                "tenant=%20",
                "tenant=northbank&tenant=",
                "tenant=northbank&tenant=harbor",
                "tenat=northbank"
            })
    void userIsNotRevokedEverywhereByATenantThatIsEmptyOrNamedTwice(String query) throws Exception {
        Tokens held = app.password(alice, NORTHBANK);

        // By a client that sends the query as it is
        HttpResponse<String> refused = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(realm.server().keycloak().baseUri() + "/admin/realms/" + realm.name()
                                                + "/tenantry/users/" + alice.id() + "/revoke?" + query))
                                .header(
                                        "Authorization",
                                        "Bearer " + realm.server().adminToken())
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JsonPath.from(refused.body()).getString("errorMessage")).contains("parameter tenant");
        assertThat(published.selectors()).isEmpty();
        assertThat(app.refresh(held).status()).isEqualTo(200);
    }

    @Test
    void realmThatDoesNotPublishRefusesOrdersRatherThanPretend(TestServer server) {
        try (TestRealm silent = server.createRealm(Map.of("eventsListeners", List.of("jboss-logging")))) {
            silent.org("northbank");
            Response refused = silent.admin().post("/tenantry/tenants/northbank/revoke");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.jsonPath().getString("errorMessage")).contains("redis-revocations", "Events");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /tenants/northbank/revoke manage-users,manage-realm",
                "POST /users/{alice}/revoke manage-users",
                "POST /clients/{app}/revoke manage-clients",
                "POST /tokens/some-id manage-users",
                "GET /revocations view-realm,view-users",
                "GET /revocations/status view-realm",
                "POST /revocations/republish manage-realm"
            })
    void askForTheirRoleFirst(String line) {
        String[] parts = line.split(" ", -1);
        String path = parts[1].replace("{alice}", alice.id()).replace("{app}", app.id());
        List<String> needed = List.of(parts[2].split(",", -1));
        assertThat(request(null, parts[0], path).statusCode()).isEqualTo(401);
        assertThat(as("plain", List.of(), parts[0], path).statusCode()).isEqualTo(403);
        assertThat(as("other", List.of("view-events", "manage-identity-providers", "view-clients"), parts[0], path)
                        .statusCode())
                .isEqualTo(403);
        assertThat(as("fitting", needed, parts[0], path).statusCode()).isBetween(200, 204);
    }

    @Test
    void theLiveOnesAreListedInPagesAndTheStatusTellsHowPublishingStands() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            revoke("/tokens/token-" + i);
        }
        JsonPath page = admin().get("/revocations?first=1&max=1").jsonPath();
        assertThat(page.getLong("total")).isEqualTo(3);
        assertThat(page.getList("revocations.selector[0]")).containsExactly("token-1");
        assertThat(page.getString("revocations[0].createdAt")).isNotNull();

        PublishedRevocations.await(
                "nothing pending",
                () -> realm.revocationStatus().getLong("pending") == 0
                        && realm.revocationStatus().getBoolean("epoch.intact"));
        JsonPath status = realm.revocationStatus();
        assertThat(status.getLong("live")).isEqualTo(3);
        assertThat(status.getBoolean("listening")).isTrue();
        assertThat(status.getBoolean("configured")).isTrue();
        assertThat(status.getBoolean("redisReachable")).isTrue();
        assertThat(status.getMap("")).doesNotContainKey("oldestPendingAge");
        assertThat(status.getString("epoch.found"))
                .isEqualTo(published.redis().get(published.keys().epoch()));
        PublishedRevocations.await(
                "a watermark",
                () -> realm.revocationStatus().getString("watermark") != null
                        && realm.revocationStatus().getDouble("watermarkAge") < 10);
    }

    @Test
    void republishingBuildsTheDataSetAnewUnderAnotherName() throws InterruptedException {
        revoke("/tokens/kept");
        PublishedRevocations.await("a data set", () -> realm.revocationStatus().getBoolean("epoch.intact"));
        String before = realm.revocationStatus().getString("epoch.found");
        published.redis().del(published.keys().cutoff(Selector.jti("kept")));

        admin().post("/revocations/republish").then().statusCode(204);

        PublishedRevocations.await(
                "another data set",
                () -> realm.revocationStatus().getBoolean("epoch.intact")
                        && !before.equals(realm.revocationStatus().getString("epoch.found")));
        assertThat(published.cutoff(Selector.jti("kept"))).isPresent();
    }

    private RequestSpecification admin() {
        return realm.admin().basePath("/admin/realms/" + realm.name() + "/tenantry");
    }

    private Response revoke(String path) {
        return admin().post(path).then().statusCode(200).extract().response();
    }

    private Response as(String username, List<String> roles, String method, String path) {
        TestUser caller = realm.user(username).manages(roles);
        return request(app.password(caller, "openid").accessToken(), method, path);
    }

    private Response request(@Nullable String token, String method, String path) {
        RequestSpecification request = given().contentType(ContentType.JSON);
        if (token != null) {
            request.auth().oauth2(token);
        }
        return request.request(
                method, realm.server().keycloak().baseUri() + "/admin/realms/" + realm.name() + "/tenantry" + path);
    }

    private List<String> sessions(TestUser user) {
        return realm.admin().get("/users/{id}/sessions", user.id()).jsonPath().getList("id");
    }

    private List<String> offlineSessions(TestUser user) {
        return realm.admin()
                .get("/users/{id}/offline-sessions/{client}", user.id(), app.id())
                .jsonPath()
                .getList("id");
    }

    private RevocationReplica replica() {
        return RevocationReplica.start(
                ReplicaSettings.forRealm(redisUri(), realm.name()).build());
    }

    private URI redisUri() {
        return realm.server().redisServer().uri();
    }

    private TenantTokenVerifier verifier(RevocationReplica replica) {
        URI issuer = URI.create(realm.issuer());
        return TenantTokenVerifier.of(
                VerifierSettings.forIssuer(issuer)
                        .anyAudience()
                        .keys(KeySettings.at(URI.create(issuer + "/protocol/openid-connect/certs"), true))
                        .build(),
                replica);
    }

    private static void awaitRevoked(TenantTokenVerifier verifier, Tokens tokens, RevocationKind by)
            throws InterruptedException {
        // A replica follows the stream, which takes it some milliseconds
        PublishedRevocations.await(
                "the verifier refuses by " + by,
                () -> verifier.verify(tokens.accessToken()) instanceof Verification.Rejected);
        assertThat(verifier.verify(tokens.accessToken()))
                .isInstanceOfSatisfying(Verification.Rejected.class, rejected -> {
                    assertThat(rejected.reason()).isEqualTo(Rejection.REVOKED);
                    assertThat(rejected.revokedBy()).contains(by);
                });
    }

    private static void assertRefused(Tokens answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_grant");
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }
}
