package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of stock, and each of this pack, as a tenant's: by delegation, with the tenant's value. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordRulesIT {
    private Lenders lenders;

    @BeforeAll
    void open(TestServer server) {
        lenders = new Lenders(server, Map.of());
    }

    @AfterAll
    void close() {
        lenders.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "length(12)               | eleven-long   | twelve--long | at least 12 characters",
                "maxLength(12)            | thirteen-long | twelve--long | at most 12 characters",
                "digits(2)                | only-1-digit  | two-2-digit2 | at least 2 digits",
                "lowerCase(3)             | NOT-LOWeR1    | LOw-LOwer    | at least 3 lower-case letters",
                "upperCase(2)             | Not-upper     | TWo-upper    | at least 2 upper-case letters",
                "specialChars(2)          | no-special    | two-special! | at least 2 special characters",
                "notUsername              | USER          | other-words  | other than your user name",
                "notContainsUsername      | x-USER-x      | other-words  | does not contain your user name",
                "notEmail                 | USER@example.test | other-words | other than your email address",
                "regexPattern([a-z]+[0-9]) | letters      | letters1     | of a certain form",
                "notTenantName            | x-TENANT-1 | other-words | neither its name nor parts of your email",
                "minStrength(4)           | password123   | Xq7!vR-92kd-Lm | harder to guess",
            })
    void ruleHoldsForTheTenantsMembers(String rule, String bad, String good, String said) {
        TestOrg lender = lenders.lender("lenderly" + Lenders.name("x"), rule);
        TestUser user = lenders.user(lender);

        String theirs = bad.replace("USER", user.username())
                .replace("TENANT", lender.alias().toUpperCase(Locale.ROOT));
        Response refused = user.resetPassword(theirs);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("error_description"))
                .startsWith(lender.alias() + (rule.startsWith("maxLength") ? " allows" : " asks for"))
                .contains(said.strip());
        assertThat(user.resetPassword(good).statusCode()).isEqualTo(204);
        assertThat(lenders.user().resetPassword(theirs).statusCode()).isEqualTo(204);
    }

    @Test
    void severalExpressionsHoldTogetherAndMayHoldAnd() {
        TestUser user = lenders.user(lenders.lender(
                "expressions", "regexPattern((?!.*(war and peace)).*) and length(5)", "regexPattern(.*[!].*)"));
        assertThat(user.resetPassword("war and peace!").asString()).contains("of a certain form");
        assertThat(user.resetPassword("war and peas").asString()).contains("of a certain form");
        assertThat(user.resetPassword("war!").asString()).contains("at least 5 characters");
        assertThat(user.resetPassword("war and peas!").statusCode()).isEqualTo(204);
    }

    @Test
    void ruleMayComeInManyValuesOfTheAttribute() {
        String[] values = {
            "regexPattern((?!.*" + "a".repeat(200) + ").*)",
            "regexPattern((?!.*" + "b".repeat(200) + ").*)",
            "length(9)",
            "digits(1) and upperCase(1)"
        };
        TestUser user = lenders.user(lenders.lender("many-values", values));
        assertThat(user.resetPassword("abcdefgh").asString())
                .contains("at least 9 characters", "at least one digit", "at least one upper-case letter");
        assertThat(user.resetPassword("a".repeat(200) + "B1").asString()).contains("of a certain form");
        assertThat(user.resetPassword("abcdefgH1").statusCode()).isEqualTo(204);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hashIterations(3)        | holds for a whole realm",
                "hashAlgorithm(argon2)    | holds for a whole realm",
                "tenantPolicy             | holds for a whole realm",
                "recoveryCodesWarningThreshold(3) | holds for a whole realm",
                "minStrength(5)           | from 0 to 4",
                "length(many)             | Not a valid number",
                "regexPattern([)          | Not a valid regular expression",
                "passwordBlacklist(no-such-list) | no-such-list",
                "notBreached(no-such-list.txt)   | the breach list cannot be used",
                "notBreached(../passwords)| name of a file in the folder",
                "lenght(3)                | no password policy is called",
            })
    void ruleThatCannotBeUsedIsRefusedWithItsReason(String rule, String reason) {
        TestOrg lender = lenders.lender(Lenders.name("unusable"), rule);
        assertThat(lenders.user(lender)
                        .resetPassword("Any-Password-1!")
                        .jsonPath()
                        .getString("error_description"))
                .contains(lender.alias() + " has a password rule that cannot be used", reason.strip());
        assertThat(lenders.realm
                        .admin()
                        .body(Map.of("rules", List.of(rule)))
                        .put("/tenantry/tenants/{alias}/password-policy", lender.alias())
                        .statusCode())
                .isEqualTo(400);
    }
}
