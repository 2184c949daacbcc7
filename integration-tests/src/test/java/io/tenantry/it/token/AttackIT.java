package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
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
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an attacker tries across tenants: each test says what must not happen. */
@WithServer
class AttackIT {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String UMA = "urn:ietf:params:oauth:grant-type:uma-ticket";
    private static final String ID_TOKEN_FORMAT = "http://openid.net/specs/openid-connect-core-1_0.html#IDToken";

    // ---- 1: grant type and assertion are read from any form, also at the authorization endpoint

    @Test
    void aFormAtTheAuthorizationEndpointCannotClaimToBeAnAssertionGrant(TestRealm realm, TestServer server) {
        Lenders lenders = Lenders.in(realm);
        try (TestRealm northbankIdp = server.createRealm();
                TestRealm harborIdp = server.createRealm()) {
            TestUser employee = northbankIdp.user("employee");
            TestProvider idpA = TestProvider.create(realm, "idp-a", northbankIdp, Map.of());
            idpA.link(lenders.alice(), employee);
            belongs(realm, "idp-a", lenders.northbank().id());
            providerForAssertions(realm, harborIdp, "idp-b");
            belongs(realm, "idp-b", lenders.harbor().id());
            TestClient app = lenders.client("app").update(Map.of("implicitFlowEnabled", true));

            Browser browser = new Browser();
            LoginAttempt in = app.open(browser, "openid organization:northbank", Map.of("kc_idp_hint", "idp-a"))
                    .credentials(employee, TestUser.PASSWORD);
            assertThat(in.tokens().accessClaims()).containsEntry("tenant_id", "northbank");

            log("plain", implicit(browser, app, "openid organization:harbor", Map.of()));
            Map<String, String> forged = implicit(
                    browser,
                    app,
                    "openid organization:harbor",
                    Map.of("grant_type", JWT_BEARER, "assertion", unsigned(harborIdp.issuer())));
            log("forged", forged);
            assertThat(tenantOf(forged)).isNotEqualTo("harbor");
        }
    }

    @Test
    void aFormCannotClaimTheProviderThatATenantDemands(TestRealm realm, TestServer server) {
        Lenders lenders = Lenders.in(realm);
        lenders.harbor().attribute("login.identity-provider", "idp-b");
        try (TestRealm harborIdp = server.createRealm()) {
            providerForAssertions(realm, harborIdp, "idp-b");
            belongs(realm, "idp-b", lenders.harbor().id());
            TestClient app = lenders.client("app").update(Map.of("implicitFlowEnabled", true));
            Browser browser = new Browser();
            app.open(browser, "openid").credentials(lenders.alice(), TestUser.PASSWORD).tokens();
            log("plain", implicit(browser, app, "openid organization:harbor", Map.of()));
            Map<String, String> forged = implicit(
                    browser,
                    app,
                    "openid organization:harbor",
                    Map.of("grant_type", JWT_BEARER, "assertion", unsigned(harborIdp.issuer())));
            log("forged", forged);
            for (String odd : List.of("x", "e30.e30.e30", "a.b.c")) {
                log("odd " + odd, implicit(browser, app, "openid organization:harbor",
                        Map.of("grant_type", JWT_BEARER, "assertion", odd)));
            }
            assertThat(tenantOf(forged)).isNotEqualTo("harbor");
        }
    }

    // ---- 2: a link to a provider of the whole realm, made in a session of one tenant's provider

    @Test
    void aLinkMadeInASessionOfATenantsProviderProvesNoMore(TestRealm realm, TestServer server) {
        Lenders lenders = Lenders.in(realm);
        try (TestRealm northbankIdp = server.createRealm();
                TestRealm social = server.createRealm()) {
            TestUser ann = northbankIdp.user("ann", Map.of("email", "ann@northbank.example"));
            social.user("evil", Map.of("email", "evil@social.example"));
            TestProvider idpA = TestProvider.create(realm, "idp-a", northbankIdp, Map.of());
            belongs(realm, "idp-a", lenders.northbank().id());
            TestProvider.create(realm, "social", social, Map.of());
            TestClient app = lenders.client("app");

            Browser browser = new Browser();
            LoginAttempt first = app.open(browser, "openid", Map.of("kc_idp_hint", "idp-a"))
                    .credentials(ann, TestUser.PASSWORD);
            say("first", first.page());
            LoginAttempt profile = first.atApplication() ? first : review(first, "ann@northbank.example");
            Tokens tokens = profile.tokens();
            log("A session", tokens.accessClaims());
            String id = (String) tokens.accessClaims().get("sub");

            LoginAttempt linking = app.open(browser, "openid", Map.of("kc_action", "idp_link:social"));
            say("linking", linking.page());
            Page page = linking.page();
            for (int i = 0; i < 4 && page.status() < 400 && !page.uri().toString().startsWith(TestClient.REDIRECT_URI); i++) {
                page = page.hasField("password")
                        ? page.submit(Map.of("username", "evil", "password", TestUser.PASSWORD))
                        : page.submit(Map.of());
                say("linking " + i, page);
            }
            // Keycloak itself refuses it to a managed member
            assertThat(page.status()).isEqualTo(400);
            assertThat(realm.admin().get("/users/{id}/federated-identity", id).jsonPath().getList("identityProvider"))
                    .containsExactly("idp-a");
        }
    }

    // ---- 3: authorization services, tokens given otherwise than as bearer

    @Test
    void authorizationServicesStayInTheTenantOfAnIdToken(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = uma(lenders.client("app"));
        Browser browser = new Browser();
        Tokens northbank = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");
        assertThat(northbank.accessClaims()).containsEntry("tenant_id", "northbank");
        Tokens harbor = app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        assertThat(harbor.accessClaims()).containsEntry("tenant_id", "harbor");

        Tokens byId = ticket(app, Map.of("claim_token", northbank.idToken(), "claim_token_format", ID_TOKEN_FORMAT));
        tell("id token of northbank", app, byId);
        Tokens byAccess =
                ticket(app, Map.of("claim_token", northbank.accessToken(), "claim_token_format", ID_TOKEN_FORMAT));
        tell("access token of northbank as claim", app, byAccess);
        Tokens bySubject = ticket(app, Map.of("subject_token", northbank.accessToken()));
        tell("subject token of northbank", app, bySubject);
        Tokens byJwt = ticket(app, Map.of(
                "claim_token", Base64.getUrlEncoder().withoutPadding().encodeToString("{}".getBytes(StandardCharsets.UTF_8)),
                "claim_token_format", "urn:ietf:params:oauth:token-type:jwt",
                "subject_token", northbank.accessToken()));
        tell("subject token with claims", app, byJwt);
        for (Tokens one : List.of(byId, byAccess, bySubject, byJwt)) {
            if (one.status() == 200) {
                assertThat(one.accessClaims().get("tenant_id")).isIn(null, "northbank");
                assertThat((Object) app.introspect(one.accessToken()).path("tenant_id")).isIn(null, "northbank");
            }
        }
    }

    @Test
    void authorizationServicesReviveNothing(TestRealm realm) throws InterruptedException {
        Lenders lenders = Lenders.in(realm);
        TestClient app = uma(lenders.client("app"));
        Browser browser = new Browser();
        Tokens harbor = app.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        assertThat(harbor.accessClaims()).containsEntry("tenant_id", "harbor");
        Tokens northbank = app.login(browser, lenders.alice(), "openid organization:northbank", "northbank");
        assertThat(northbank.accessClaims()).containsEntry("tenant_id", "northbank");
        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);
        Thread.sleep(12_000);
        log("old", app.introspect(northbank.accessToken()).asString());
        log("refresh", app.refresh(northbank));
        Tokens byId = ticket(app, Map.of("claim_token", northbank.idToken(), "claim_token_format", ID_TOKEN_FORMAT));
        tell("revoked id token", app, byId);
        Tokens byAccess =
                ticket(app, Map.of("claim_token", northbank.accessToken(), "claim_token_format", ID_TOKEN_FORMAT));
        tell("revoked access token as claim", app, byAccess);
        Tokens bySubject = ticket(app, Map.of("subject_token", northbank.accessToken()));
        tell("revoked subject token", app, bySubject);
        for (Tokens one : List.of(byId, byAccess, bySubject)) {
            if (one.status() == 200) {
                assertThat(one.accessClaims().get("tenant_id")).isNotEqualTo("northbank");
                assertThat((Object) app.introspect(one.accessToken()).path("tenant_id")).isNotEqualTo("northbank");
            }
        }
    }

    // ---- 4: what others write under Keycloak's own claim is taken for a tenant

    @Test
    void anOrganizationClaimOfAnotherMapperMakesNobodyATenantsPerson(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        lenders.harbor().attribute("login.level", "2");
        TestClient app = lenders.client("app")
                .mapper("hard", "oidc-hardcoded-claim-mapper", Map.of(
                        "claim.name", "organization", "claim.value", "harbor", "jsonType.label", "String",
                        "access.token.claim", "true"));
        TestClient other = lenders.client("other");
        app.audience(other);
        Tokens tokens = app.login(lenders.alice(), "openid");
        log("token", tokens.accessClaims());
        assertThat(tokens.accessClaims()).doesNotContainKey("tenant_id");
        String told = app.introspect(tokens.accessToken()).asString();
        String user = app.userinfo(tokens.accessToken()).asString();
        log("introspection", told);
        log("userinfo", user);
        log("exchange", other.exchange(tokens.accessToken(), "openid"));
        log("refresh", app.refresh(tokens));
        assertThat(told).doesNotContain("tenant_id");
        assertThat(user).doesNotContain("tenant_id");
    }

    // ---- helpers

    private static TestClient uma(TestClient client) {
        client.update(Map.of("authorizationServicesEnabled", true));
        TestRealm realm = client.realm();
        Map<String, Object> settings = new HashMap<>(realm.admin()
                .get("/clients/{id}/authz/resource-server", client.id()).jsonPath().getMap(""));
        settings.put("policyEnforcementMode", "PERMISSIVE");
        realm.admin().body(settings).put("/clients/{id}/authz/resource-server", client.id()).then().statusCode(204);
        realm.admin().body(Map.of("name", "thing", "uris", List.of("/thing")))
                .post("/clients/{id}/authz/resource-server/resource", client.id());
        return client;
    }

    private static Tokens ticket(TestClient app, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(Map.of("grant_type", UMA, "audience", app.clientId()));
        form.putAll(more);
        return app.token(form);
    }

    private static void tell(String what, TestClient app, Tokens tokens) {
        if (tokens.status() != 200) {
            log(what, tokens.status() + " " + tokens.json().get());
            return;
        }
        log(what + " access", tokens.accessClaims());
        log(what + " introspection", app.introspect(tokens.accessToken()).asString());
        log(what + " userinfo", app.userinfo(tokens.accessToken()).asString());
        if (tokens.json().get("refresh_token") != null) {
            log(what + " refresh claims", tokens.refreshClaims());
            Tokens again = app.refresh(tokens);
            log(what + " refreshed", again.status() == 200 ? again.accessClaims() : again.json().get());
        }
        Tokens exchanged = app.exchange(tokens.accessToken(), "openid");
        log(what + " exchanged", exchanged.status() == 200 ? exchanged.accessClaims() : exchanged.json().get());
    }

    private static LoginAttempt review(LoginAttempt attempt, String email) {
        return attempt.submit(Map.of("username", email, "email", email, "firstName", "Ann", "lastName", "A"));
    }

    private static void providerForAssertions(TestRealm realm, TestRealm corporate, String alias) {
        TestProvider.create(realm, alias, corporate, Map.of());
        Map<String, Object> idp = new HashMap<>(realm.admin()
                .get("/identity-provider/instances/{a}", alias).jsonPath().getMap(""));
        @SuppressWarnings("unchecked")
        Map<String, Object> config = new HashMap<>((Map<String, Object>) idp.get("config"));
        config.put("jwtAuthorizationGrantEnabled", "true");
        idp.put("config", config);
        realm.admin().body(idp).put("/identity-provider/instances/{a}", alias).then().statusCode(204);
    }

    private static void belongs(TestRealm realm, String alias, String org) {
        realm.admin().body('"' + alias + '"').post("/organizations/{id}/identity-providers", org).then().statusCode(204);
    }

    private static String unsigned(String issuer) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + '.'
                + base64.encodeToString(("{\"iss\":\"" + issuer + "\",\"sub\":\"x\"}").getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static Map<String, String> implicit(
            Browser browser, TestClient app, String scope, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", app.clientId());
        form.put("response_type", "id_token token");
        form.put("redirect_uri", TestClient.REDIRECT_URI);
        form.put("scope", scope);
        form.put("nonce", "n");
        form.put("state", "s");
        form.putAll(more);
        String encoded = form.entrySet().stream()
                .map(e -> e.getKey() + '=' + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Page page = browser.post(URI.create(app.realm().issuer() + "/protocol/openid-connect/auth"), encoded);
        String fragment = page.uri().getRawFragment();
        if (fragment == null) {
            say("implicit", page);
            return Map.of();
        }
        return Arrays.stream(fragment.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static Object tenantOf(Map<String, String> answer) {
        String token = answer.get("access_token");
        return token == null ? null : Tokens.claims(token).get("tenant_id");
    }

    static void say(String what, Page page) {
        log(what, page.status() + " " + page.uri() + " " + page.text().substring(0, Math.min(300, page.text().length())));
    }

    static void log(String what, Object value) {
        Object shown = value;
        if (value instanceof Map<?, ?> map && map.get("access_token") instanceof String token) {
            shown = Tokens.claims(token);
        }
        if (value instanceof Tokens tokens) {
            shown = tokens.status() == 200 ? tokens.accessClaims() : tokens.status() + " " + tokens.json().get();
        }
        System.out.println("ATTACK " + what + ": " + shown);
    }
}
