package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

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
        return app.token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:uma-ticket",
                "audience",
                app.clientId(),
                "claim_token",
                token,
                "claim_token_format",
                ID_TOKEN_FORMAT));
    }

    private static void acceptAssertions(TestRealm realm, String alias) {
        TestProvider.update(realm, alias, Map.of(), Map.of("jwtAuthorizationGrantEnabled", "true"));
    }

    private static String unsigned(String issuer) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"RS256\"}";
        String claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"x\"}";
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
