package io.tenantry.it.doctor;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor finds in realms that are spoilt on purpose, and that it finds nothing in one that is not. */
@WithServer
class DoctorIT {
    private static final String HOSTILE = "<img/src=x/onerror=alert(1)>";

    @Test
    void findsNothingInTheShippedRealm(TestServer server) {
        try (TestRealm realm = new LendingRealm().on(server)) {
            JsonPath report = report(realm);
            assertThat(report.getList("findings")).isEmpty();
            assertThat(report.getInt("errors")).isZero();
            assertThat(report.getInt("warnings")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("planted")
    void findsEachPlantedMisconfigurationAndNothingElse(Planted planted, TestServer server) {
        LendingRealm lending = new LendingRealm();
        planted.before().accept(lending);
        try (TestRealm realm = lending.on(server)) {
            planted.after().accept(realm);
            JsonPath report = report(realm);
            List<Map<String, String>> findings = report.getList("findings");
            assertThat(findings).isNotEmpty().allSatisfy(finding -> {
                assertThat(finding)
                        .containsOnlyKeys("severity", "check", "what", "where", "remedy")
                        .containsEntry("check", planted.check())
                        .containsEntry("severity", planted.severity());
                assertThat(finding.get("what")).isNotBlank().endsWith(".");
                assertThat(finding.get("where")).isNotBlank();
                assertThat(finding.get("remedy")).isNotBlank().endsWith(".");
            });
            boolean error = "ERROR".equals(planted.severity());
            assertThat(report.getInt("errors")).isEqualTo(error ? findings.size() : 0);
            assertThat(report.getInt("warnings")).isEqualTo(error ? 0 : findings.size());
        }
    }

    static List<Planted> planted() {
        return Planted.all();
    }

    @Test
    void pageShowsTheSameAndEscapesWhatNamesCarry(TestServer server) {
        LendingRealm lending = new LendingRealm();
        lending.organization("harbor").put("alias", HOSTILE);
        lending.organizationAttribute(HOSTILE, "password-policy", "lenght(\"'&<b>)");
        try (TestRealm realm = lending.on(server)) {
            Response answer = realm.admin().accept("text/html,*/*;q=0.8").get("/tenantry/doctor");
            answer.then().statusCode(200);
            assertThat(answer.contentType()).isEqualToIgnoringCase("text/html;charset=UTF-8");
            assertThat(answer.header("Content-Security-Policy"))
                    .matches("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none';"
                            + " form-action 'none'; frame-ancestors 'none'");
            assertThat(answer.headers().getValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");

            Document page = Jsoup.parse(answer.asString());
            assertThat(page.select("script, img, b, link, [onerror], [src], [href], [style]"))
                    .isEmpty();
            assertThat(page.text()).contains("organization " + HOSTILE, "lenght(\"'&<b>)");
            assertThat(page.select("article.error")).hasSize(report(realm).getInt("errors"));
        }
    }

    @Test
    void whoeverTakesAnythingGetsJson(TestRealm realm) {
        assertThat(realm.admin().accept("*/*").get("/tenantry/doctor").contentType())
                .startsWith("application/json");
        assertThat(realm.admin()
                        .accept("application/json, text/html;q=0.5")
                        .get("/tenantry/doctor")
                        .contentType())
                .startsWith("application/json");
    }

    /** The forms of RFC 9110, well made and not, on one line and on several. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "/",
                "text/html;q=x",
                "application/json;q=0.5, nonsense",
                ",",
                "*",
                "image/png",
                "image/png|text/plain",
                "text/html|application/json",
                "nonsense|application/json",
                "application/json;charset=utf-8|*/*;q=0.1",
                "text/html;level=1, application/*;q=0.3"
            })
    void noAcceptHeaderMakesTheServerFail(String lines, TestRealm realm) {
        RequestSpecification request = realm.admin();
        for (String line : lines.split("\\|", -1)) {
            request.header("Accept", line);
        }

        Response answer = request.get("/tenantry/doctor");

        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 406);
        if (answer.statusCode() == 200) {
            assertThat(answer.contentType()).matches("(application/json|text/html)(;.*)?");
        }
    }

    @Test
    void onlyAdminsMayLook(TestRealm realm) {
        TestUser anna = realm.user("anna");
        String ordinary = realm.publicClient("app").password(anna, "openid").accessToken();
        String doctor = realm.server().keycloak().baseUri() + "/admin/realms/" + realm.name() + "/tenantry/doctor";
        assertThat(given().get(doctor).statusCode()).isEqualTo(401);
        for (ContentType type : List.of(ContentType.JSON, ContentType.HTML)) {
            Response refused = given().auth().oauth2(ordinary).accept(type).get(doctor);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.asString()).doesNotContain("findings", "tenant-mapper-missing");
        }
    }

    private static JsonPath report(TestRealm realm) {
        return realm.admin()
                .accept(ContentType.JSON)
                .get("/tenantry/doctor")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
