package io.tenantry.it.password;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What admins ask and set, what leaks to nobody, and what happens at once or in numbers. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordAdminIT {
    private static final int THREADS = 8;
    private static final int CHANGES = 15;

    private TestServer server;
    private Lenders lenders;
    private TestOrg northbank;
    private TestUser anna;

    @BeforeAll
    void open(TestServer shared) {
        server = shared;
        lenders = new Lenders(server, Map.of("adminEventsEnabled", true));
        northbank = lenders.lender("northbank", "length(14) and digits(1)").attribute("colour", "blue");
        anna = lenders.user(northbank);
        assertThat(anna.resetPassword("Correct-Horse-7-Battery").statusCode()).isEqualTo(204);
    }

    @AfterAll
    void close() {
        lenders.close();
    }

    @Test
    void consoleListsOurPolicies() {
        List<Map<String, Object>> policies = server.admin()
                .get("/serverinfo")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("passwordPolicies");
        assertThat(policies)
                .extracting(policy -> policy.get("id"))
                .contains("tenantPolicy", "notTenantName", "minStrength", "notBreached");
        assertThat(policies)
                .filteredOn(policy -> "tenantPolicy".equals(policy.get("id")))
                .singleElement()
                .satisfies(policy -> assertThat(policy.get("displayName")).isEqualTo("Tenant Policies"));
    }

    @Test
    void checkSaysWhichTenantAsksForWhat() {
        Response weak = check(Map.of("password", "abc", "user", anna.id()));
        assertThat(weak.statusCode()).isEqualTo(200);
        assertThat(weak.jsonPath().getBoolean("acceptable")).isFalse();
        assertThat(weak.jsonPath().getList("violations.message"))
                .containsExactly(
                        "Invalid password: minimum length 4.",
                        "northbank asks for at least 14 characters.",
                        "northbank asks for at least one digit.");
        assertThat(weak.jsonPath().getList("violations.rule")).containsExactly(null, "length(14)", "digits(1)");
        assertThat(weak.jsonPath().getList("violations.tenant")).containsExactly(null, "northbank", "northbank");

        Response strong = check(Map.of("password", "long-enough-for-1", "tenant", "northbank"));
        assertThat(strong.jsonPath().getBoolean("acceptable")).isTrue();
    }

    @Test
    void checkWantsOnePasswordAndOneSubject() {
        assertThat(check(Map.of("password", "x")).statusCode()).isEqualTo(400);
        assertThat(check(Map.of("user", anna.id())).statusCode()).isEqualTo(400);
        assertThat(check(Map.of("password", "x", "user", anna.id(), "tenant", "northbank"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(check(Map.of("password", "x".repeat(1_025), "tenant", "northbank"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(check(Map.of("password", "x", "tenant", "nobody")).statusCode())
                .isEqualTo(404);
        assertThat(check(Map.of("password", "x", "user", "nobody")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void effectiveRulesSayWhoseTheyAre() {
        Response rules = lenders.realm.admin().get("/tenantry/users/{id}/password-policy", anna.id());
        assertThat(rules.statusCode()).isEqualTo(200);
        assertThat(rules.jsonPath().getList("rule"))
                .containsExactly(
                        "hashAlgorithm(pbkdf2-sha256)",
                        "hashIterations(10)",
                        "length(4)",
                        "tenantPolicy",
                        "length(14)",
                        "digits(1)");
        assertThat(rules.jsonPath().getList("tenant"))
                .containsExactly(null, null, null, null, "northbank", "northbank");
    }

    @Test
    void policyIsValidatedBeforeItIsSaved() {
        TestOrg summit = lenders.lender("summit", "length(5)");
        Response refused = put(
                "summit", Map.of("rules", List.of("length(20) and maxLength(10)", "lenght(3)", "hashIterations(3)")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getList("problems.problem"))
                .containsExactly(
                        "no password policy is called 'lenght'",
                        "'hashIterations' holds for a whole realm, set it in the realm's policy",
                        "its rules need at least 20 characters and allow at most 10");
        assertThat(summit.representation().get("attributes").toString()).contains("length(5)");

        String regex = "regexPattern((?:this and that|.*[)].*))";
        assertThat(put("summit", Map.of("rules", List.of("length(6)", regex), "graceDays", 7))
                        .statusCode())
                .isEqualTo(204);
        Response saved = lenders.realm.admin().get("/tenantry/tenants/summit/password-policy");
        assertThat(saved.jsonPath().getList("rules")).containsExactly("length(6)", regex);
        assertThat(saved.jsonPath().getInt("graceDays")).isEqualTo(7);
    }

    @Test
    void badRequestsAreNoErrorsOfTheServer() {
        assertThat(put("northbank", Map.of("graceDays", 3)).statusCode()).isEqualTo(400);
        assertThat(put("nobody", Map.of("rules", List.of())).statusCode()).isEqualTo(404);
        assertThat(put("northbank", Map.of("rules", List.of("regexPattern(" + "x".repeat(300) + ")")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void nobodyButUserManagersMayAsk() {
        String ordinary = lenders.app
                .token(Map.of(
                        "grant_type", "password",
                        "username", anna.username(),
                        "password", "Correct-Horse-7-Battery",
                        "scope", "openid"))
                .accessToken();
        RequestSpecification asAnna = given().baseUri(
                        server.keycloak().baseUri().toString())
                .basePath("/admin/realms/" + lenders.realm.name() + "/tenantry")
                .contentType("application/json")
                .auth()
                .oauth2(ordinary);
        assertThat(given().spec(asAnna)
                        .body("{}")
                        .post("/password-policy/check")
                        .statusCode())
                .isEqualTo(403);
        assertThat(given().spec(asAnna).get("/users/x/password-policy").statusCode())
                .isEqualTo(403);
        assertThat(given().spec(asAnna)
                        .get("/tenants/northbank/password-policy")
                        .statusCode())
                .isEqualTo(403);
        assertThat(given().spec(asAnna)
                        .body("{}")
                        .put("/tenants/northbank/password-policy")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void checksAreBounded(TestRealm own) {
        own.update(Map.of("passwordPolicy", Lenders.POLICY));
        own.org("northbank");
        List<Integer> statuses = IntStream.range(0, 61)
                .mapToObj(i -> own.admin()
                        .body(Map.of("password", "x", "tenant", "northbank"))
                        .post("/tenantry/password-policy/check")
                        .statusCode())
                .toList();
        assertThat(statuses.subList(0, 60)).containsOnly(200);
        assertThat(statuses.get(60)).isEqualTo(429);
    }

    @Test
    void policyIsNotInTokens() {
        TestClient nosy = lenders.realm
                .publicClient("nosy")
                .mapper(
                        "oidc-organization-membership-mapper",
                        Map.of(
                                "addOrganizationAttributes", "true",
                                "multivalued", "true",
                                "jsonType.label", "JSON",
                                "claim.name", "organization",
                                "access.token.claim", "true",
                                "id.token.claim", "true"));
        Map<String, Object> claims = nosy.token(Map.of(
                        "grant_type", "password",
                        "username", anna.username(),
                        "password", "Correct-Horse-7-Battery",
                        "scope", "openid organization:northbank"))
                .accessClaims();
        assertThat(claims.get("organization").toString()).contains("colour").doesNotContain("password-policy");
    }

    @Test
    void realmWithoutTenantPolicyIsAsStock(TestRealm stock) {
        TestOrg org = stock.org("northbank").attribute("password-policy", "length(60)", "lenght(1)");
        TestUser user = stock.user("ben");
        org.add(user);
        assertThat(user.resetPassword("x").statusCode()).isEqualTo(204);
        assertThat(stock.publicClient("app")
                        .open(new Browser(), "openid")
                        .credentials(user, "x")
                        .atApplication())
                .isTrue();
    }

    @Test
    void changesAtOnceNeverSeeEachOthersPolicyAndTheRealmIsNeverWritten() throws Exception {
        TestOrg digits = lenders.lender("digits", "regexPattern([0-9]+)");
        TestOrg letters = lenders.lender("letters", "regexPattern([a-z]+)");
        String before = realmPolicyInTheDatabase();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Integer>>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                boolean even = thread % 2 == 0;
                TestUser user = lenders.user(even ? digits : letters);
                work.add(() -> {
                    List<Integer> statuses = new ArrayList<>();
                    for (int i = 0; i < CHANGES; i++) {
                        statuses.add(
                                user.resetPassword(even ? "1234567" : "abcdefg").statusCode());
                        statuses.add(
                                user.resetPassword(even ? "abcdefg" : "1234567").statusCode());
                    }
                    return statuses;
                });
            }
            for (Future<List<Integer>> result : pool.invokeAll(work)) {
                for (int i = 0; i < 2 * CHANGES; i += 2) {
                    assertThat(result.get().subList(i, i + 2)).containsExactly(204, 400);
                }
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(realmPolicyInTheDatabase()).isEqualTo(before);
        assertThat(lenders.realm
                        .admin()
                        .queryParam("resourceTypes", "REALM")
                        .get("/admin-events")
                        .jsonPath()
                        .getList("operationType"))
                .doesNotContain("UPDATE");
    }

    private String realmPolicyInTheDatabase() {
        lenders.realm.admin().post("/clear-realm-cache").then().statusCode(204);
        return lenders.realm.admin().get().jsonPath().getString("passwordPolicy");
    }

    private Response check(Map<String, String> question) {
        return lenders.realm.admin().body(question).post("/tenantry/password-policy/check");
    }

    private Response put(String tenant, Map<String, ?> policy) {
        return lenders.realm.admin().body(policy).put("/tenantry/tenants/{alias}/password-policy", tenant);
    }
}
