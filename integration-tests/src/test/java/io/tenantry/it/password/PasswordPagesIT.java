package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the theme shows of the rules before anything is typed. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordPagesIT {
    private static final String GOOD = "Good-for-both-of-them-1!";

    private DoorsRealm doors;
    private TestOrg northbank;
    private TestOrg harbor;

    @BeforeAll
    void open(TestServer server) {
        doors = new DoorsRealm(server);
        doors.lenders.realm.update(Map.of(
                "loginTheme",
                "tenantry",
                "displayName",
                "Lending",
                "passwordPolicy",
                Lenders.CHEAP_HASH + " and length(4) and notUsername and tenantPolicy"));
        northbank = doors.lenders.lender("northbank", "length(14) and digits(1)", "maxAuthAge(86400)");
        harbor = doors.lenders.lender("harbor", "length(10)", "regexPattern(.*[!?].*)");
    }

    @AfterAll
    void close() {
        doors.close();
    }

    @Test
    void updatePasswordPageShowsTheStrictestOfAllTenantsAndTheRealm() {
        TestUser user = doors.lenders.user(northbank, harbor);
        assertThat(user.resetPassword(GOOD).statusCode()).isEqualTo(204);
        Page page = doors.lenders
                .app
                .open(new Browser(), "openid", Map.of("kc_action", "UPDATE_PASSWORD"))
                .credentials(user, GOOD)
                .page();

        assertThat(page.hasField("password-new")).isTrue();
        assertThat(rules(page))
                .containsExactlyInAnyOrder(
                        "Lending asks for a password other than your user name.",
                        "northbank asks for at least 14 characters.",
                        "northbank asks for at least one digit.",
                        "harbor asks for a password of a certain form, which this one does not have.");
        assertThat(page.document().select("[data-rule=length]").attr("data-tenant"))
                .isEqualTo("northbank");
        // Stock's own checks while one types
        assertThat(page.body())
                .contains("{ name: \"length\", policy: { value: 14,", "{ name: \"digits\", policy: { value: 1,");
    }

    @Test
    void registrationPageShowsTheRulesOfTheTenantInTheScope() {
        assertThat(rules(doors.register("openid organization:harbor")))
                .contains("harbor asks for at least 10 characters.")
                .noneMatch(rule -> rule.contains("northbank"));
    }

    @Test
    void registrationPageShowsTheRulesOfTheTenantThatInvites() {
        doors.invite(northbank, "invited@elsewhere.test");
        assertThat(rules(new Browser().open(doors.linkInMail("invited@elsewhere.test"))))
                .contains("northbank asks for at least 14 characters.")
                .noneMatch(rule -> rule.contains("harbor"));
    }

    @Test
    void registrationPageShowsTheRealmsRulesAloneWhileNoTenantIsKnown() {
        assertThat(rules(doors.register()))
                .containsExactlyInAnyOrder(
                        "Lending asks for at least 4 characters.",
                        "Lending asks for a password other than your user name.");
    }

    @Test
    void ruleThatCannotBeUsedIsSaidFirst() {
        doors.lenders.lender("misspelt", "length(6)", "lenght(9)");
        assertThat(rules(doors.register("openid organization:misspelt")))
                .first()
                .asString()
                .contains("misspelt has a password rule that cannot be used, lenght(9)");
    }

    @Test
    void pagesWhereNoPasswordIsChosenShowNone() {
        Page login = doors.lenders
                .app
                .open(new Browser(), "openid organization:northbank")
                .page();
        assertThat(login.hasField("username")).isTrue();
        assertThat(login.body()).doesNotContain("tenantry-password-rules", "length(14)");
    }

    @Test
    void scriptThatMovesTheRulesIsServed() {
        Page form = doors.register();
        String script = form.document().select("script[src*=password-rules]").attr("abs:src");
        assertThat(new Browser().open(URI.create(script)).body()).contains("tenantry-password-rules");
    }

    @Test
    void nameOfATenantIsTextWhateverItHolds() {
        TestOrg hostile = doors.lenders.lender("hostile", "length(9)");
        hostile.update(Map.of("name", "<script>alert(1)</script>"));
        Page form = doors.register("openid organization:hostile");
        assertThat(rules(form)).contains("<script>alert(1)</script> asks for at least 9 characters.");
        assertThat(form.document().select("#tenantry-password-rules script")).isEmpty();
    }

    private static List<String> rules(Page page) {
        return page.document().select("#tenantry-password-rules li").eachText();
    }
}
