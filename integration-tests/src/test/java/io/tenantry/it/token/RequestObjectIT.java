package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where a request names its tenant by the parameter {@code tenant}: in what was signed or pushed, or in its query. */
@WithServer
class RequestObjectIT {
    private static final String SCOPE = "openid";

    @Test
    void whatWasPushedCountsAndWhatStandsBesideItDoesNot(TestRealm realm) {
        assertOwnParameterAlone(realm, (app, parameters) -> Map.of("request_uri", pushed(app, parameters)));
    }

    @Test
    void whatTheRequestObjectSaysCountsAndWhatStandsBesideItDoesNot(TestRealm realm) {
        assertOwnParameterAlone(realm, (app, parameters) -> Map.of("request", object(app, parameters)));
    }

    /** {@code by} puts parameters into what a query then names. */
    private static void assertOwnParameterAlone(
            TestRealm realm, BiFunction<TestClient, Map<String, String>, Map<String, String>> by) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = app(realm, lenders);
        Map<String, String> northbank = Map.of("tenant", "northbank");

        assertTenant(app, lenders, by.apply(app, northbank), "northbank");
        assertTenant(app, lenders, besideHarbor(by.apply(app, northbank)), "northbank");
        assertNone(app, lenders, besideHarbor(by.apply(app, Map.of())));
    }

    private static Map<String, String> besideHarbor(Map<String, String> query) {
        Map<String, String> beside = new HashMap<>(query);
        beside.put("tenant", "harbor");
        return beside;
    }

    /** Keycloak keeps five parameters that it does not know. */
    @Test
    void theParameterCountsAfterAnyNumberOfOthers(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = app(realm, lenders);
        Map<String, String> query = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            query.put("x" + i, "y");
        }
        query.put("tenant", "northbank");

        assertTenant(app, lenders, query, "northbank");
    }

    private static TestClient app(TestRealm realm, Lenders lenders) {
        TenantFlow.install(realm);
        return lenders.client("app");
    }

    private static void assertTenant(TestClient app, Lenders lenders, Map<String, String> query, String tenant) {
        assertThat(signedIn(app, lenders, query).tokens().accessClaims()).containsEntry("tenant_id", tenant);
    }

    /** For somebody of two tenants nothing has said which. */
    private static void assertNone(TestClient app, Lenders lenders, Map<String, String> query) {
        assertThat(signedIn(app, lenders, query).tokens().accessClaims()).doesNotContainKey("tenant_id");
    }

    private static LoginAttempt signedIn(TestClient app, Lenders lenders, Map<String, String> query) {
        return app.open(new Browser(), SCOPE, query).credentials(lenders.alice(), TestUser.PASSWORD);
    }

    private static Map<String, String> request(TestClient app, Map<String, String> more) {
        Map<String, String> request = new HashMap<>(Map.of(
                "client_id",
                app.clientId(),
                "response_type",
                "code",
                "redirect_uri",
                TestClient.REDIRECT_URI,
                "scope",
                SCOPE,
                "state",
                "a-state"));
        request.putAll(more);
        return request;
    }

    private static String pushed(TestClient app, Map<String, String> more) {
        Map<String, String> request = request(app, more);
        // It authenticates itself, and so names itself already
        request.remove("client_id");
        return app.post("ext/par/request", request)
                .then()
                .statusCode(201)
                .extract()
                .path("request_uri");
    }

    private static String object(TestClient app, Map<String, String> more) {
        String claims = request(app, more).entrySet().stream()
                .map(claim -> '"' + claim.getKey() + "\":\"" + claim.getValue() + '"')
                .collect(Collectors.joining(",", "{", "}"));
        return base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
