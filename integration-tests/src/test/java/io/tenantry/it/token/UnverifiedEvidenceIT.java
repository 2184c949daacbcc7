package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestProvider;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a request, or another mapper, merely says about grants and tenants counts for nothing. */
@WithServer
class UnverifiedEvidenceIT {
    private static final String ID_TOKEN_FORMAT = "http://openid.net/specs/openid-connect-core-1_0.html#IDToken";

    @Test
    void aFormAtTheAuthorizationEndpointNamesNoGrantAndNoProvider(TestRealm realm, TestServer server) {
        Lenders lenders = Lenders.in(realm);
        lenders.harbor().attribute("login.identity-provider", "harbor-idp");
        try (TestRealm corporate = server.createRealm()) {
            TestProvider.create(realm, "harbor-idp", corporate, Map.of());
            acceptAssertions(realm, "harbor-idp");
            lenders.harbor().linkProvider("harbor-idp");
            TestClient app = lenders.client("app").update(Map.of("implicitFlowEnabled", true));
            Browser browser = new Browser();
            app.open(browser, "openid")
                    .credentials(lenders.alice(), TestUser.PASSWORD)
                    .tokens();

            for (String assertion : List.of(unsigned(corporate.issuer()), "x", "e30.e30.e30")) {
                assertThat(implicit(browser, app, assertion))
                        .as(assertion)
                        .doesNotContain("access_token")
                        .doesNotContain("id_token");
            }
        }
    }

    @Test
    void authorizationServicesStayInTheTenantOfAnIdToken(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = withResources(lenders.client("app"));
        Browser browser = new Browser();
        Tokens northbank = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");
        app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");

        Tokens permitted = permissions(app, northbank.idToken());

        assertThat(permitted.accessClaims()).containsEntry("tenant_id", "northbank");
        assertThat((String) app.introspect(permitted.accessToken()).path("tenant_id"))
                .isEqualTo("northbank");
        assertThat(app.refresh(permitted).accessClaims()).containsEntry("tenant_id", "northbank");
    }

    @Test
    void authorizationServicesReviveNothing(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = withResources(lenders.client("app"));
        Browser browser = new Browser();
        app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        Tokens northbank = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");

        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);

        for (String token : List.of(northbank.idToken(), northbank.accessToken())) {
            assertThat(permissions(app, token).status()).isEqualTo(400);
        }
    }

    /** Keycloak verifies the token in the header, and looks at no other. */
    @Test
    void aClaimTokenBesideABearerCountsForNothing(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = withResources(lenders.client("app"));
        Browser browser = new Browser();
        Tokens northbank = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");
        Tokens harbor = app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        String forged = jwt(Map.of("azp", "app", "tenant_id", "harbor", "jti", "x", "iat", 4_000_000_000L));

        for (String claimToken : List.of(forged, harbor.idToken())) {
            Tokens permitted = new Tokens(given().auth()
                    .oauth2(northbank.accessToken())
                    .formParams(permissionParameters(app, claimToken))
                    .post(realm.issuer() + "/protocol/openid-connect/token"));

            if (permitted.status() == 200) {
                assertThat(permitted.accessClaims()).containsEntry("tenant_id", "northbank");
                assertThat(permitted.refreshClaims().toString()).doesNotContain("harbor");
            }
        }
        assertThat(permissions(app, forged).status()).isEqualTo(400);
    }

    /** Whoever presents a token may add another with its id, of which Keycloak takes no notice. */
    @Test
    void aForgedTokenOfTheSameIdHidesNoRevocation(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = withResources(lenders.client("app"))
                .update(Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
        Browser browser = new Browser();
        String revoked = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank")
                .accessToken();
        app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        String decoy =
                jwt(Map.of("jti", Tokens.claims(revoked).get("jti"), "sub", "x", "azp", "x", "iat", 4_000_000_000L));

        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);

        for (String field : List.of("token", "subject_token", "access_token")) {
            Map<String, String> exchange = new HashMap<>(Map.of(
                    "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                    "scope", "openid"));
            exchange.put(field, decoy);
            exchange.put("subject_token", revoked);
            assertThat(app.token(exchange).status()).as(field).isEqualTo(400);
        }
        assertThat(given().formParam("access_token", revoked)
                        .formParam("token", decoy)
                        .post(realm.issuer() + "/protocol/openid-connect/userinfo")
                        .statusCode())
                .isEqualTo(401);
        assertThat(app.token(Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:uma-ticket",
                                "audience",
                                app.clientId(),
                                "subject_token",
                                revoked,
                                "token",
                                decoy))
                        .status())
                .isEqualTo(400);
        assertThat(app.post("token/introspect", Map.of("token", revoked, "access_token", decoy))
                        .jsonPath()
                        .getBoolean("active"))
                .isFalse();
    }

    /** Keycloak answers these without making a token. */
    @Test
    void authorizationServicesDecideNothingForWhatHasEnded(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = withResources(lenders.client("app"));
        Browser browser = new Browser();
        app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        Tokens northbank = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");

        assertThat(decided(app, northbank)).containsExactly(200, 200);
        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);
        assertThat(decided(app, northbank)).containsExactly(400, 400);
    }

    private static List<Integer> decided(TestClient app, Tokens presented) {
        return Stream.of("decision", "permissions")
                .map(mode -> {
                    Map<String, String> asking = new HashMap<>(permissionParameters(app, presented.idToken()));
                    asking.put("response_mode", mode);
                    return app.post("token", asking).statusCode();
                })
                .toList();
    }

    @Test
    void introspectionAsksTheSameWhateverItIsTold(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens tokens = app.login(lenders.alice(), "openid organization:northbank");
        List<String> hints = List.of("access_token", "requesting_party_token", "refresh_token");
        for (String hint : hints.subList(0, 2)) {
            assertThat(introspect(app, tokens.accessToken(), hint)).as(hint).isTrue();
        }

        app.update(Map.of("attributes", Map.of("tenant.allowed", "harbor")));

        for (String hint : hints) {
            assertThat(introspect(app, tokens.accessToken(), hint)).as(hint).isFalse();
        }
    }

    @Test
    void aRefreshTokenOfALostMembershipIsNoneWhenItIsRegained(TestRealm realm) {
        realm.update(Map.of("eventsListeners", List.of("jboss-logging")));
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Browser browser = new Browser();
        app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        Tokens lost = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");
        assertThat(introspect(app, lost.refreshToken(), "refresh_token")).isTrue();

        lenders.northbank().remove(lenders.alice());
        lenders.northbank().add(lenders.alice());

        assertThat(introspect(app, lost.refreshToken(), "refresh_token")).isFalse();
        assertThat(app.refresh(lost).error()).isEqualTo("invalid_grant");
    }

    @Test
    void aClientAsksAuthorizationServicesForItself(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient job = withResources(lenders.strictClient("job").update(Map.of("serviceAccountsEnabled", true)));
        lenders.northbank().addMember(job.serviceAccountId());

        Tokens permitted = job.token(
                Map.of("grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket", "audience", job.clientId()));

        assertThat(permitted.status())
                .as(String.valueOf(permitted.errorDescription()))
                .isEqualTo(200);
        assertThat(permitted.accessClaims()).containsEntry("tenant_id", "northbank");
    }

    @Test
    void anOrganizationThatAnotherMapperNamesIsNoTenant(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        lenders.harbor().attribute("login.level", "2");
        TestClient app = lenders.client("app")
                .mapper(
                        "forged",
                        "oidc-hardcoded-claim-mapper",
                        Map.of(
                                "claim.name", "organization",
                                "claim.value", "harbor",
                                "jsonType.label", "String",
                                "access.token.claim", "true"));

        Tokens tokens = app.login(lenders.alice(), "openid");

        assertThat(tokens.accessClaims()).doesNotContainKey("tenant_id");
        assertThat(app.introspect(tokens.accessToken()).asString()).doesNotContain("tenant_id");
        assertThat(app.userinfo(tokens.accessToken()).asString()).doesNotContain("tenant_id");
    }

    private static TestClient withResources(TestClient client) {
        client.update(Map.of("authorizationServicesEnabled", true));
        TestRealm realm = client.realm();
        Map<String, Object> settings = new HashMap<>(realm.admin()
                .get("/clients/{id}/authz/resource-server", client.id())
                .jsonPath()
                .<String, Object>getMap(""));
        settings.put("policyEnforcementMode", "PERMISSIVE");
        realm.admin()
                .body(settings)
                .put("/clients/{id}/authz/resource-server", client.id())
                .then()
                .statusCode(204);
        realm.admin()
                .body(Map.of("name", "thing", "uris", List.of("/thing")))
                .post("/clients/{id}/authz/resource-server/resource", client.id())
                .then()
                .statusCode(201);
        return client;
    }

    private static Tokens permissions(TestClient app, String token) {
        return app.token(permissionParameters(app, token));
    }

    private static Map<String, String> permissionParameters(TestClient app, String claimToken) {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:uma-ticket",
                "audience",
                app.clientId(),
                "claim_token",
                claimToken,
                "claim_token_format",
                ID_TOKEN_FORMAT);
    }

    private static boolean introspect(TestClient app, String token, String hint) {
        return app.post("token/introspect", Map.of("token", token, "token_type_hint", hint))
                .jsonPath()
                .getBoolean("active");
    }

    private static void acceptAssertions(TestRealm realm, String alias) {
        TestProvider.update(realm, alias, Map.of(), Map.of("jwtAuthorizationGrantEnabled", "true"));
    }

    private static String unsigned(String issuer) {
        return jwt(Map.of("iss", issuer, "sub", "x"));
    }

    private static String jwt(Map<String, ?> content) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"RS256\"}";
        String claims;
        try {
            claims = new ObjectMapper().writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    /** The fragment of the answer, or what the page says. */
    private static String implicit(Browser browser, TestClient app, String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", app.clientId());
        form.put("response_type", "id_token token");
        form.put("redirect_uri", TestClient.REDIRECT_URI);
        form.put("scope", "openid organization:harbor");
        form.put("nonce", "a-nonce");
        form.put("state", "a-state");
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("assertion", assertion);
        String encoded = form.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Page page = browser.post(URI.create(app.realm().issuer() + "/protocol/openid-connect/auth"), encoded);
        return Objects.requireNonNullElse(page.uri().getRawFragment(), page.text());
    }
}
