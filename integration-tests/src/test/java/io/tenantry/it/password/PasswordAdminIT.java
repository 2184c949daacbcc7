package io.tenantry.it.password;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What admins ask and set, and what leaks to nobody. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordAdminIT {
    private TestServer server;
    private Lenders lenders;
    private TestOrg northbank;
    private TestUser anna;

    @BeforeAll
    void open(TestServer shared) {
        server = shared;
        lenders = new Lenders(server, Map.of("adminEventsEnabled", true));
        northbank = lenders.lender("northbank", "length(14) and digits(1)").attribute("colour", "blue");
        anna = lenders.userWith("Correct-Horse-7-Battery", Map.of());
        northbank.add(anna);
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
                        "its rules need at least 20 characters, and it allows at most 10");
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
    void nothingOfACheckIsLoggedOrStored() {
        String candidate = "Candidate-that-nobody-else-types-1";
        List<Object> before = credentials(anna);
        assertThat(check(Map.of("password", candidate, "user", anna.id()))
                        .jsonPath()
                        .getBoolean("acceptable"))
                .isTrue();
        assertThat(check(Map.of("password", candidate + " ".repeat(3), "tenant", "northbank"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(credentials(anna)).isEqualTo(before);
        assertThat(server.keycloak().log()).doesNotContain(candidate);
        assertThat(lenders.realm.admin().get("/admin-events").asString()).doesNotContain(candidate);
    }

    @Test
    void importWithABadPasswordSaysWhoseAndWhyAndImportsNothing() {
        Response refused = lenders.realm
                .admin()
                .body(Map.of(
                        "ifResourceExists",
                        "FAIL",
                        "roles",
                        Map.of("realm", List.of(Map.of("name", "imported-role"))),
                        "users",
                        List.of(
                                imported("good-one", "Long-Enough-And-1"),
                                imported("bad-one", "abc"),
                                imported("another", "Long-Enough-And-1"))))
                .post("/partialImport");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("error_description"))
                .isEqualTo("bad-one: Invalid password: minimum length 4. northbank asks for at least 14 characters."
                        + " northbank asks for at least one digit.");
        assertThat(refused.asString()).doesNotContain("abc\"");
        assertThat(lenders.realm.admin().get("/roles/imported-role").statusCode())
                .isEqualTo(404);
        for (String user : List.of("good-one", "bad-one", "another")) {
            assertThat(lenders.realm
                            .admin()
                            .queryParam("username", user)
                            .get("/users")
                            .jsonPath()
                            .getList(""))
                    .isEmpty();
        }
    }

    private static Map<String, Object> imported(String name, String password) {
        return Map.of(
                "username",
                name,
                "email",
                name + "@northbank.example",
                "enabled",
                true,
                "credentials",
                List.of(Map.of("type", "password", "value", password)));
    }

    @Test
    void ruleThatCannotBeUsedIsLoggedOnceAndTouchesNobodyElse() {
        TestOrg misspelt = lenders.lender("misspelt", "lenght(9)");
        TestUser theirs = lenders.user(misspelt);
        for (int i = 0; i < 5; i++) {
            assertThat(theirs.resetPassword("Any-Password-" + i).asString())
                    .contains("misspelt has a password rule that cannot be used, lenght(9)");
            assertThat(check(Map.of("password", "x", "user", theirs.id())).statusCode())
                    .isEqualTo(200);
        }
        assertThat(lenders.user(northbank)
                        .resetPassword("Correct-Horse-8-Battery")
                        .statusCode())
                .isEqualTo(204);
        assertThat(lenders.user().resetPassword("Any-Password-1").statusCode()).isEqualTo(204);
        assertThat(logged("misspelt", "lenght(9)")).isEqualTo(1);

        misspelt.attribute("password-policy", "lenght(10)");
        assertThat(theirs.resetPassword("Any-Password-9").statusCode()).isEqualTo(400);
        assertThat(theirs.resetPassword("Any-Password-9").statusCode()).isEqualTo(400);
        assertThat(logged("misspelt", "lenght(10)")).isEqualTo(1);
        assertThat(logged("misspelt", "lenght(9)")).isEqualTo(1);
    }

    private long logged(String tenant, String rule) {
        String start = "Realm " + lenders.realm.name() + ", tenant " + tenant + ": the password rule " + rule;
        return server.keycloak()
                .log()
                .lines()
                .filter(line -> line.contains(start))
                .count();
    }

    private static List<Object> credentials(TestUser user) {
        return user.realm()
                .admin()
                .get("/users/{id}/credentials", user.id())
                .jsonPath()
                .getList("");
    }

    @Test
    void policyIsInNoTokenNorAnswerAboutOne() {
        Map<String, String> everywhere = Map.of(
                "addOrganizationAttributes", "true",
                "multivalued", "true",
                "jsonType.label", "JSON",
                "claim.name", "organization",
                "access.token.claim", "true",
                "id.token.claim", "true",
                "userinfo.token.claim", "true",
                "introspection.token.claim", "true");
        TestClient nosy = lenders.realm
                .confidentialClient("nosy")
                .mapper("oidc-organization-membership-mapper", everywhere)
                // What the realm keeps of an organization is a group: its attributes must not come out by that way
                .mapper(
                        "attributes of groups",
                        "oidc-usermodel-attribute-mapper",
                        Map.of(
                                "user.attribute", "password-policy",
                                "claim.name", "policy_of_groups",
                                "aggregate.attrs", "true",
                                "multivalued", "true",
                                "access.token.claim", "true",
                                "id.token.claim", "true",
                                "userinfo.token.claim", "true"))
                .mapper(
                        "groups of the organization",
                        "oidc-organization-group-membership-mapper",
                        Map.of("addGroupAttributes", "true", "access.token.claim", "true", "id.token.claim", "true"));
        nosy.audience(nosy);
        for (String scope : List.of("openid organization:northbank", "openid organization:*")) {
            Tokens tokens = nosy.token(Map.of(
                    "grant_type",
                    "password",
                    "username",
                    anna.username(),
                    "password",
                    "Correct-Horse-7-Battery",
                    "scope",
                    scope));
            Map<String, String> answers = Map.of(
                    "access token", tokens.accessClaims().toString(),
                    "ID token", tokens.idClaims().toString(),
                    "userinfo", nosy.userinfo(tokens.accessToken()).asString(),
                    "introspection", nosy.introspect(tokens.accessToken()).asString(),
                    "refreshed", nosy.refresh(tokens).accessClaims().toString());
            answers.forEach((what, answer) -> assertThat(answer)
                    .as(what)
                    .contains("colour")
                    .doesNotContain("password-policy", "policy_of_groups", "length(14)"));
        }
    }

    @Test
    void policyIsNotInTheUsersOwnListsOfTenants() {
        String token = lenders.app
                .token(Map.of(
                        "grant_type", "password",
                        "username", anna.username(),
                        "password", "Correct-Horse-7-Battery",
                        "scope", "openid"))
                .accessToken();
        for (String path : List.of("/account/organizations", "/tenantry/tenants")) {
            Response own =
                    given().auth().oauth2(token).accept("application/json").get(lenders.realm.issuer() + path);
            assertThat(own.asString()).as(path).doesNotContain("password-policy", "length(14)");
        }
    }

    @Test
    void realmWithoutTenantPolicyIsAsStock(TestRealm stock) {
        stock.update(Map.of(
                "loginTheme", "tenantry", "registrationAllowed", true, "passwordPolicy", "length(4) and digits(1)"));
        TestOrg org = stock.org("northbank").attribute("password-policy", "length(60)", "lenght(1)");
        TestUser user = stock.user("ben");
        org.add(user);

        // The first violation alone, with stock's key
        Response refused = user.resetPassword("x");
        assertThat(refused.jsonPath().getString("error")).startsWith("invalidPassword");
        assertThat(refused.jsonPath().getString("error_description"))
                .isIn(
                        "Invalid password: minimum length 4.",
                        "Invalid password: must contain at least 1 numerical digits.");
        assertThat(user.resetPassword("xyz1").statusCode()).isEqualTo(204);
        TestClient app = stock.publicClient("app")
                .mapper(
                        "oidc-organization-membership-mapper",
                        Map.of(
                                "addOrganizationAttributes", "true",
                                "multivalued", "true",
                                "jsonType.label", "JSON",
                                "claim.name", "organization",
                                "access.token.claim", "true"));
        LoginAttempt login = app.open(new Browser(), "openid organization:northbank");
        assertThat(login.complete(user, "xyz1", "northbank")
                        .tokens()
                        .accessClaims()
                        .toString())
                .contains("password-policy");
        assertThat(credentials(user).toString()).doesNotContain("tenantry");
        Browser visitor = new Browser();
        Page register = visitor.open(URI.create(app.open(visitor, "openid")
                .page()
                .document()
                .select("a[href*=registration]")
                .first()
                .absUrl("href")));
        assertThat(register.body())
                .contains("{ name: \"length\", policy: { value: 4,")
                .doesNotContain("tenantry-password-rules");
        assertThat(stock.admin()
                        .body(Map.of("ifResourceExists", "FAIL", "users", List.of(imported("bad-one", "x"))))
                        .post("/partialImport")
                        .statusCode())
                .isEqualTo(500);
    }

    private Response check(Map<String, String> question) {
        return lenders.realm.admin().body(question).post("/tenantry/password-policy/check");
    }

    private Response put(String tenant, Map<String, ?> policy) {
        return lenders.realm.admin().body(policy).put("/tenantry/tenants/{alias}/password-policy", tenant);
    }
}
