package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code GET /realms/{realm}/tenantry/tenants}. */
@WithServer
class OwnTenantsIT {
    @Test
    void listsTheCallersOwnEnabledTenantsAndMarksTheActiveOne(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        realm.org("closed").add(lenders.alice()).update(Map.of("enabled", false));
        lenders.harbor().attribute("branding.logo", "https://harbor.example/logo.svg");
        lenders.northbank().attribute("branding.logo", "https://evil.example/logo.svg");
        realm.update(Map.of("attributes", Map.of("branding.hosts", "harbor.example")));
        String token = lenders.client("app")
                .password(lenders.alice(), "openid organization:northbank")
                .accessToken();

        assertThat(tenants(realm, token).jsonPath().<Map<String, Object>>getList(""))
                .isEqualTo(List.of(
                        Map.of(
                                "id",
                                "harbor",
                                "name",
                                "harbor",
                                "logo",
                                "https://harbor.example/logo.svg",
                                "active",
                                false),
                        Map.of("id", "northbank", "name", "northbank", "active", true)));
    }

    @Test
    void nobodyGetsAnythingWithoutAToken(TestRealm realm) {
        assertThat(given().get(realm.issuer() + "/tenantry/tenants").statusCode())
                .isEqualTo(401);
        assertThat(tenants(realm, "forged").statusCode()).isEqualTo(401);
    }

    @Test
    void answersTheWebOriginsOfTheClientAlone(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        app.update(Map.of("webOrigins", List.of("https://app.example")));
        String token =
                app.password(lenders.alice(), "openid organization:northbank").accessToken();
        String address = realm.issuer() + "/tenantry/tenants";

        assertThat(given().auth()
                        .oauth2(token)
                        .header("Origin", "https://app.example")
                        .get(address)
                        .header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example");
        assertThat(given().auth()
                        .oauth2(token)
                        .header("Origin", "https://other.example")
                        .get(address)
                        .header("Access-Control-Allow-Origin"))
                .isNull();
        assertThat(given().header("Origin", "https://app.example")
                        .header("Access-Control-Request-Method", "GET")
                        .options(address)
                        .statusCode())
                .isEqualTo(200);
    }

    private static Response tenants(TestRealm realm, String token) {
        return given().auth().oauth2(token).get(realm.issuer() + "/tenantry/tenants");
    }
}
