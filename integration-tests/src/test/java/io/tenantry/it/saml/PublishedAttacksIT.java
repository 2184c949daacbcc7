package io.tenantry.it.saml;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Attacks on organizations that were published for Keycloak, tried against the server with the pack in it: most are the
 * server's to stop, and the pack must not open them again.
 */
@WithServer
class PublishedAttacksIT {
    private static Brokering realm;

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(server);
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void forgedInvitationMakesNobodyAMember_CVE_2026_1529() {
        TestUser user = realm.realm().user(person);
        Written before = Written.in(realm);
        for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}")) {
            String forged = jwt(header, user.id());
            for (String path : List.of(
                    "/login-actions/action-token?key=" + forged,
                    "/protocol/openid-connect/registrations?client_id=app&response_type=code&scope=openid"
                            + "&redirect_uri=http%3A%2F%2Fapp.example%2Fcallback&token=" + forged)) {
                Response answer =
                        given().redirects().follow(false).get(realm.realm().issuer() + path);
                assertThat(answer.statusCode()).as(path).isNotEqualTo(302);
                assertThat(answer.asString()).doesNotContain("northbank.example");
            }
        }
        assertThat(Written.in(realm)).isEqualTo(before);
    }

    @Test
    void ordinaryUserCannotListOrganizations_CVE_2026_2366() {
        TestUser user = realm.realm().user(person);
        realm.harbor().add(user);
        Tokens tokens = realm.app().password(user, "openid");

        assertThat(asUser(tokens).get("/organizations").statusCode()).isEqualTo(403);
        assertThat(asUser(tokens)
                        .get("/organizations/members/{id}/organizations", user.id())
                        .statusCode())
                .isEqualTo(403);
        assertThat(asUser(tokens)
                        .get("/organizations/{id}", realm.northbank().id())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisabledIfSystemProperty(
            named = "keycloak.version",
            matches = "26\\.7\\.[0-2]",
            disabledReason = "stock lets such an administrator until 26.7.3")
    void administratorOfProvidersAloneCannotBindOneToALender_CVE_2026_18201() {
        TestUser admin = realm.realm().user(person);
        admin.manages(List.of("manage-identity-providers", "view-realm"));
        Tokens tokens = realm.app().password(admin, "openid");
        String alias = "free-" + person;
        realm.createProvider(Map.of(
                "alias",
                alias,
                "providerId",
                "saml",
                "enabled",
                true,
                "config",
                Map.of("singleSignOnServiceUrl", "http://idp.example/sso")));

        asUser(tokens)
                .body('"' + alias + '"')
                .post(
                        "/organizations/{id}/identity-providers",
                        realm.northbank().id());
        Map<String, Object> bound = new HashMap<>(realm.realm()
                .admin()
                .get("/identity-provider/instances/{alias}", alias)
                .jsonPath()
                .getMap(""));
        bound.put("organizationId", realm.northbank().id());
        bound.put(
                "config",
                Map.of(
                        "singleSignOnServiceUrl",
                        "http://idp.example/sso",
                        "kc.org",
                        realm.northbank().id()));
        asUser(tokens).body(bound).put("/identity-provider/instances/{alias}", alias);

        List<Map<String, Object>> providers =
                realm.get("/organizations/" + realm.northbank().id() + "/identity-providers");
        assertThat(providers).extracting(provider -> provider.get("alias")).doesNotContain(alias);
    }

    @Test
    void tokenOfADisabledUserIsNotExchanged_CVE_2025_14559() {
        TestUser user = realm.realm().user(person);
        TestClient exchanger = realm.realm().confidentialClient("exchanger-" + person);
        Tokens tokens = exchanger.password(user, "openid");
        assertThat(exchanger.exchange(tokens.accessToken(), "openid").status()).isEqualTo(200);

        user.update(Map.of("enabled", false));

        assertThat(exchanger.exchange(tokens.accessToken(), "openid").status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void registeredClientCannotSwapAMapperForOneThatNamesATenant_CVE_2025_15572() {
        String initial = realm.realm()
                .admin()
                .body(Map.of("count", 1, "expiration", 300))
                .post("/clients-initial-access")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        Map<String, Object> allowed = mapper("oidc-full-name-mapper", Map.of("access.token.claim", "true"));
        Response created = given().auth()
                .oauth2(initial)
                .contentType(ContentType.JSON)
                .body(Map.of("clientId", "registered-" + person, "protocolMappers", List.of(allowed)))
                .post(realm.realm().issuer() + "/clients-registrations/default");
        created.then().statusCode(201);
        Map<String, Object> client = new HashMap<>(created.jsonPath().getMap(""));
        List<Map<String, Object>> mappers = created.jsonPath().getList("protocolMappers");
        Map<String, Object> swapped = new HashMap<>(mappers.get(0));
        swapped.put("protocolMapper", "oidc-hardcoded-claim-mapper");
        swapped.put(
                "config", Map.of("claim.name", "tenant_id", "claim.value", "northbank", "access.token.claim", "true"));
        client.put("protocolMappers", List.of(swapped));

        Response swap = given().auth()
                .oauth2(created.path("registrationAccessToken"))
                .contentType(ContentType.JSON)
                .body(client)
                .put(realm.realm().issuer() + "/clients-registrations/default/registered-" + person);

        assertThat(swap.statusCode()).isEqualTo(403);
        List<Map<String, Object>> clients = realm.get("/clients?clientId=registered-" + person);
        assertThat(String.valueOf(clients.get(0).get("protocolMappers"))).doesNotContain("northbank");
    }

    private static Map<String, Object> mapper(String type, Map<String, String> config) {
        return Map.of("name", type, "protocol", "openid-connect", "protocolMapper", type, "config", config);
    }

    private static RequestSpecification asUser(Tokens tokens) {
        return given().baseUri(realm.realm().server().keycloak().baseUri().toString())
                .basePath("/admin/realms/" + realm.realm().name())
                .auth()
                .oauth2(tokens.accessToken())
                .contentType(ContentType.JSON);
    }

    /** An invitation to northbank that its organization never wrote. */
    private static String jwt(String header, String userId) {
        long now = Instant.now().getEpochSecond();
        String issuer = realm.realm().issuer();
        String claims = "{\"typ\":\"ORGIVT\",\"sub\":\"" + userId + "\",\"iss\":\"" + issuer + "\",\"aud\":\"" + issuer
                + "\",\"exp\":" + (now + 300) + ",\"iat\":" + now + ",\"nonce\":\"a\",\"jti\":\"a\",\"org_id\":\""
                + realm.northbank().id() + "\",\"eml\":\"x@northbank.example\",\"azp\":\"app\"}";
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + '.'
                + (header.contains("none") ? "" : base64.encodeToString(new byte[32]));
    }
}
