package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the doctor says of password rules before a user finds out. */
@WithServer
class PasswordDoctorIT {
    private static final String UNUSABLE = "password-rule-unusable";
    private static final String CONTRADICT = "password-rules-contradict";

    @Test
    void ruleThatCannotBeUsedIsNamedWithItsTenant(TestServer server) {
        try (Lenders lenders = new Lenders(server, Map.of())) {
            lenders.lender("northbank", "length(14)");
            lenders.lender("harbor", "length(10)", "lenght(3)", "notBreached(no-such-list.txt)");
            assertThat(findings(lenders, UNUSABLE))
                    .hasSize(2)
                    .allSatisfy(finding -> {
                        assertThat(finding.get("severity")).isEqualTo("ERROR");
                        assertThat(finding.get("where")).isEqualTo("organization harbor");
                    })
                    .extracting(finding -> finding.get("what"))
                    .anySatisfy(what -> assertThat(what)
                            .isEqualTo("The password rule lenght(3) cannot be used: no password policy is called"
                                    + " 'lenght'."))
                    .anySatisfy(what -> assertThat(what).contains("no-such-list.txt"));
        }
    }

    @Test
    void lendersThatShareAMemberWhoCanNeverComply(TestServer server) {
        try (Lenders lenders = new Lenders(server, Map.of())) {
            TestOrg northbank = lenders.lender("northbank", "length(14)");
            TestOrg harbor = lenders.lender("harbor", "maxLength(12)");
            assertThat(findings(lenders, CONTRADICT)).singleElement().satisfies(finding -> {
                assertThat(finding.get("severity")).isEqualTo("WARNING");
                assertThat(finding.get("where")).isEqualTo("organization harbor and organization northbank");
            });

            TestUser both = lenders.user(northbank, harbor);
            assertThat(findings(lenders, CONTRADICT)).singleElement().satisfies(finding -> {
                assertThat(finding.get("severity")).isEqualTo("ERROR");
                assertThat(finding.get("what"))
                        .isEqualTo("No password meets the rules of organization harbor and organization northbank: its"
                                + " rules and those of northbank need at least 14 characters, and it allows at most 12;"
                                + " user " + both.id() + " belongs to all of them.");
            });
            // And so it is
            assertThat(both.resetPassword("twelve--long").statusCode()).isEqualTo(400);
            assertThat(both.resetPassword("fourteen--long").statusCode()).isEqualTo(400);

            northbank.update(Map.of("enabled", false));
            assertThat(findings(lenders, CONTRADICT)).isEmpty();
            assertThat(both.resetPassword("twelve--long").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void threeLendersAndTheRealmThatContradictOnlyTogether(TestServer server) {
        try (Lenders lenders = new Lenders(
                server, Map.of("passwordPolicy", Lenders.CHEAP_HASH + " and specialChars(3) and tenantPolicy"))) {
            TestOrg digits = lenders.lender("digits", "digits(4)");
            TestOrg letters = lenders.lender("letters", "lowerCase(4)");
            TestOrg brief = lenders.lender("brief", "maxLength(10)");
            assertThat(findings(lenders, CONTRADICT)).isEmpty();
            lenders.user(digits, brief);
            assertThat(findings(lenders, CONTRADICT)).isEmpty();

            TestUser everywhere = lenders.user(digits, letters, brief);
            assertThat(findings(lenders, CONTRADICT)).singleElement().satisfies(finding -> {
                assertThat(finding.get("severity")).isEqualTo("ERROR");
                assertThat(finding.get("what"))
                        .contains("need at least 11 characters, and it allows at most 10", everywhere.id());
            });
        }
    }

    @Test
    void floorOfTheRealmThatALenderContradicts(TestServer server) {
        try (Lenders lenders = new Lenders(
                server, Map.of("passwordPolicy", Lenders.CHEAP_HASH + " and maxLength(12) and tenantPolicy"))) {
            lenders.lender("northbank", "length(14)");
            lenders.lender("harbor", "length(12)");
            assertThat(findings(lenders, CONTRADICT)).singleElement().satisfies(finding -> {
                assertThat(finding.get("severity")).isEqualTo("ERROR");
                assertThat(finding.get("what"))
                        .isEqualTo("No password meets the rules of organization northbank: its rules need at least 14"
                                + " characters, and the realm allows at most 12.");
                assertThat(finding.get("remedy")).startsWith("Raise maxLength of realm's password policy");
            });
        }
    }

    private static List<Map<String, String>> findings(Lenders lenders, String check) {
        List<Map<String, String>> all = lenders.realm
                .admin()
                .accept("application/json")
                .get("/tenantry/doctor")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("findings");
        return all.stream()
                .filter(finding -> check.equals(finding.get("check")))
                .toList();
    }
}
