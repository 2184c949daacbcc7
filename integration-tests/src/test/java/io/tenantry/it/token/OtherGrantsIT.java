package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The device, implicit and hybrid flows, and a code redeemed where no refresh token is issued. */
@WithServer
class OtherGrantsIT {
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    @Test
    void aDeviceGetsTheTenantThatItsScopeNames(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient device = device(lenders.strictClient("device"));

        Tokens tokens = approved(device, lenders.alice(), "openid organization:harbor");
        assertThat(tokens.accessClaims()).containsEntry("tenant_id", "harbor");
        assertThat(tokens.accessClaims().get("tenant_roles")).isEqualTo(List.of("analyst", "underwriter"));
        assertThat(device.refresh(tokens).accessClaims()).containsEntry("tenant_id", "harbor");
        assertThat(device.refresh(tokens, "openid organization:northbank").error())
                .isEqualTo("invalid_scope");
    }

    @Test
    void aDeviceThatNamesNoTenantOrAForeignOneGetsNothing(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient device = device(lenders.strictClient("device"));

        Tokens unnamed = approved(device, lenders.alice(), "openid");
        assertThat(unnamed.error()).isEqualTo("invalid_scope");
        assertThat(unnamed.errorDescription()).contains("organization:<tenant>");
        Tokens foreign = approved(device, lenders.alice(), "openid organization:summit");
        Tokens unknown = approved(device, lenders.alice(), "openid organization:nowhere");
        assertThat(foreign.error()).isEqualTo("invalid_scope").isEqualTo(unknown.error());
        assertThat(foreign.errorDescription())
                .isEqualTo(unknown.errorDescription().replace("nowhere", "summit"));
    }

    @Test
    void aBrowserThatApprovesADeviceIsHeldToTheTenantToo(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient device = device(lenders.strictClient("device"));

        Page refused = signIn(started(device, "openid organization:summit"), lenders.alice());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("You cannot sign in for that lender here");
    }

    @Test
    void implicitAndHybridTokensAreOfOneTenant(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.strictClient("app");
        app.update(Map.of("implicitFlowEnabled", true));

        for (String type : List.of("id_token token", "code id_token token")) {
            Map<String, String> answer = fragment(app, lenders.alice(), type, "openid organization:harbor");
            assertThat(Tokens.claims(answer.get("access_token"))).containsEntry("tenant_id", "harbor");
            assertThat(Tokens.claims(answer.get("id_token"))).containsEntry("tenant_id", "harbor");
            assertThat(answer.get("access_token")).isNotEqualTo(answer.get("id_token"));
        }
    }

    @Test
    void theEventOfACodeNamesTheTenantWithoutARefreshTokenToo(TestRealm realm) {
        realm.update(Map.of("eventsEnabled", true, "enabledEventTypes", List.of("CODE_TO_TOKEN")));
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        app.update(Map.of("attributes", Map.of("use.refresh.tokens", "false")));

        Tokens tokens = app.login(lenders.alice(), "openid organization:harbor");

        assertThat(tokens.accessClaims()).containsEntry("tenant_id", "harbor");
        assertThat(realm.admin().get("/events?type=CODE_TO_TOKEN").jsonPath().getList("details.tenant_id"))
                .containsExactly("harbor");
    }

    private static TestClient device(TestClient client) {
        return client.update(Map.of("attributes", Map.of("oauth2.device.authorization.grant.enabled", "true")));
    }

    private static Response started(TestClient device, String scope) {
        Response started = device.post("auth/device", Map.of("scope", scope));
        started.then().statusCode(200);
        return started;
    }

    private static Page signIn(Response started, TestUser user) {
        Page page = new Browser().open(URI.create(started.path("verification_uri_complete")));
        for (int pages = 0; pages < 3 && (page.hasField("username") || page.hasField("password")); pages++) {
            page = page.hasField("password")
                    ? page.submit(
                            page.hasField("username")
                                    ? Map.of("username", user.username(), "password", TestUser.PASSWORD)
                                    : Map.of("password", TestUser.PASSWORD))
                    : page.submit(Map.of("username", user.username()));
        }
        return page;
    }

    private static Tokens approved(TestClient device, TestUser user, String scope) {
        Response started = started(device, scope);
        Page consent = signIn(started, user);
        consent.submit(Map.of("accept", "Yes"));
        return device.token(Map.of("grant_type", DEVICE_GRANT, "device_code", started.path("device_code")));
    }

    private static Map<String, String> fragment(TestClient app, TestUser user, String responseType, String scope) {
        LoginAttempt attempt = app.open(new Browser(), scope, Map.of("response_type", responseType, "nonce", "a-nonce"))
                .credentials(user, TestUser.PASSWORD);
        return Arrays.stream(attempt.page().uri().getRawFragment().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
