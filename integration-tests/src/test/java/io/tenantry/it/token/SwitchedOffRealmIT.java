package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A realm that has organizations, which an administrator switches off. */
@WithServer
class SwitchedOffRealmIT {
    @Test
    void tokensOfATenantEndAndNobodyGetsOneNotOfTheRealmEither(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens held = app.password(lenders.alice(), "openid organization:northbank");
        Tokens offline = app.password(lenders.alice(), "openid offline_access organization:northbank");
        Tokens ofNone = app.password(lenders.alice(), "openid");
        assertThat(held.accessClaims()).containsEntry("tenant_id", "northbank");

        realm.update(Map.of("organizationsEnabled", false));

        for (Tokens tokens : List.of(held, offline)) {
            assertThat(app.refresh(tokens).error()).isEqualTo("invalid_grant");
            assertThat(app.introspect(tokens.accessToken()).jsonPath().getBoolean("active"))
                    .isFalse();
            assertThat(app.exchange(tokens.accessToken(), "openid").status()).isEqualTo(400);
            Response userinfo = app.userinfo(tokens.accessToken());
            assertThat(userinfo.statusCode()).isEqualTo(401);
            assertThat(userinfo.header("WWW-Authenticate")).startsWith("Bearer").contains("invalid_token");
            assertThat(given().auth()
                            .oauth2(tokens.accessToken())
                            .get(realm.issuer() + "/tenantry/tenants")
                            .statusCode())
                    .isEqualTo(401);
        }
        for (Tokens tokens : List.of(
                app.refresh(ofNone), app.password(lenders.alice(), "openid"), app.login(lenders.alice(), "openid"))) {
            assertThat(tokens.status()).as(tokens.errorDescription()).isEqualTo(200);
            assertThat(tokens.accessClaims()).doesNotContainKeys("tenant_id", "tenant_roles");
        }
    }

    @Test
    void theDoctorSaysSoAndTheKillSwitchWorks(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        lenders.client("app").password(lenders.alice(), "openid organization:northbank");

        realm.update(Map.of("organizationsEnabled", false));

        assertThat(realm.admin().get("/tenantry/doctor").jsonPath().<String>getList("findings.check"))
                .contains("organizations-switched-off")
                .doesNotContain("check-failed");
        Response order = realm.admin().post("/tenantry/tenants/northbank/revoke");
        assertThat(order.statusCode()).as(order.asString()).isEqualTo(200);
        assertThat(order.jsonPath().getBoolean("published")).isTrue();
    }
}
