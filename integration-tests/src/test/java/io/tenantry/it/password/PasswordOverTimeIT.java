package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** History, expiry, the age of a login, and passwords that are older than their rules. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordOverTimeIT {
    private Lenders lenders;
    private TestOrg remembering;
    private TestOrg expiring;
    private TestOrg strict;

    @BeforeAll
    void open(TestServer server) {
        lenders = new Lenders(
                server,
                Map.of(
                        "internationalizationEnabled",
                        true,
                        "supportedLocales",
                        List.of("en", "de"),
                        "defaultLocale",
                        "en"));
        remembering = lenders.lender("remembering", "passwordHistory(3)");
        expiring = lenders.lender("expiring", "forceExpiredPasswordChange(30)");
        strict = lenders.lender("strict", "length(14)");
    }

    @AfterAll
    void close() {
        lenders.close();
    }

    @Test
    void historyIsKeptAsDeepAsTheTenantAsks() {
        TestUser user = lenders.user(remembering);
        for (String password : List.of("first-1", "second-2", "third-3")) {
            assertThat(user.resetPassword(password).statusCode()).isEqualTo(204);
        }
        for (String used : List.of("first-1", "second-2", "third-3")) {
            assertThat(user.resetPassword(used).asString())
                    .contains("remembering asks for a password other than your last 3.");
        }
        assertThat(user.resetPassword("fourth-4").statusCode()).isEqualTo(204);
        assertThat(user.resetPassword("second-2").statusCode()).isEqualTo(400);
        assertThat(user.resetPassword("first-1").statusCode()).isEqualTo(204);
    }

    @Test
    void historyOfSeveralTenantsIsTheDeepest() {
        TestUser user = lenders.user(remembering, lenders.lender("forgetful", "passwordHistory(2)"));
        for (String password : List.of("first-1", "second-2", "third-3")) {
            assertThat(user.resetPassword(password).statusCode()).isEqualTo(204);
        }
        assertThat(user.resetPassword("first-1").asString())
                .contains("remembering asks for")
                .doesNotContain("forgetful");
    }

    @Test
    void historyOfATenantThatIsDisabledIsNotForgotten() {
        TestOrg sleeping = lenders.lender("sleeping", "passwordHistory(3)");
        TestUser user = lenders.user(sleeping);
        assertThat(user.resetPassword("first-1").statusCode()).isEqualTo(204);
        sleeping.update(Map.of("enabled", false));
        assertThat(user.resetPassword("second-2").statusCode()).isEqualTo(204);
        assertThat(user.resetPassword("third-3").statusCode()).isEqualTo(204);
        sleeping.update(Map.of("enabled", true));
        assertThat(user.resetPassword("first-1").statusCode()).isEqualTo(400);
    }

    @Test
    void passwordsOfTheLastDaysAreKeptAndRefusedHoweverManyTheyAre() {
        TestUser user = lenders.user(lenders.lender("days", "passwordAge(30)"));
        List<String> used = List.of("first-1", "second-2", "third-3", "fourth-4", "fifth-5", "sixth-6");
        for (String password : used) {
            assertThat(user.resetPassword(password).statusCode()).isEqualTo(204);
        }
        for (String password : used) {
            assertThat(user.resetPassword(password).asString())
                    .contains("days asks for a password that you have not used in the last 30 days.");
        }
    }

    @Test
    void passwordThatWasUsedBeforeThoseDaysMayBeUsedAgain() {
        TestUser user = userWithOldPassword("old-password-1");
        lenders.lender("fewer-days", "passwordAge(30)").add(user);
        assertThat(user.resetPassword("new-password-1").statusCode()).isEqualTo(204);
        assertThat(user.resetPassword("new-password-1").statusCode()).isEqualTo(400);
        assertThat(user.resetPassword("old-password-1").statusCode()).isEqualTo(204);
    }

    @Test
    void longestMemoryOfSeveralTenantsHoldsInDaysAndInNumber() {
        TestUser user = lenders.user(
                lenders.lender("one-day", "passwordAge(1)"),
                lenders.lender("sixty-days", "passwordAge(60)"),
                lenders.lender("last-two", "passwordHistory(2)"));
        for (String password : List.of("first-1", "second-2", "third-3")) {
            assertThat(user.resetPassword(password).statusCode()).isEqualTo(204);
        }
        assertThat(user.resetPassword("first-1").asString())
                .contains("sixty-days asks for a password that you have not used in the last 60 days.")
                .doesNotContain("one-day", "last-two");
    }

    @Test
    void shortestLifeOfSeveralTenantsHolds() {
        TestUser user = userWithOldPassword("old-password-1");
        lenders.lender("patient-of-age", "forceExpiredPasswordChange(36500)").add(user);
        assertThat(open(new Browser(), user, "old-password-1").atApplication()).isTrue();
        expiring.add(user);
        assertThat(open(new Browser(), user, "old-password-1").page().hasField("password-new"))
                .isTrue();
    }

    @Test
    void expiredPasswordLocksNobodyOutWhereNoNewOneWouldBeTaken() {
        TestUser user = userWithOldPassword("old-password-1");
        lenders.lender("misspelt-and-expiring", "forceExpiredPasswordChange(30)", "lenght(3)")
                .add(user);
        assertThat(open(new Browser(), user, "old-password-1").atApplication()).isTrue();
    }

    @Test
    void expiredPasswordMustBeChangedWhenASessionGoesOnInAnotherTenant() {
        TestUser user = userWithOldPassword("old-password-1");
        TestOrg lasting = lenders.lender("lasting", "length(5)");
        lasting.add(user);
        Browser browser = new Browser();
        assertThat(lenders.app
                        .open(browser, "openid organization:lasting")
                        .complete(user, "old-password-1", "lasting")
                        .atApplication())
                .isTrue();
        expiring.add(user);
        assertThat(lenders.app
                        .open(browser, "openid organization:expiring")
                        .page()
                        .hasField("password-new"))
                .isTrue();
    }

    @Test
    void expiredPasswordMustBeChangedAtTheNextLogin() {
        TestUser user = userWithOldPassword("old-password-1");
        assertThat(open(new Browser(), user, "old-password-1").atApplication()).isTrue();
        expiring.add(user);

        LoginAttempt attempt = open(new Browser(), user, "old-password-1");
        assertThat(attempt.page().hasField("password-new")).isTrue();
        assertThat(change(attempt, "new-password-1").atApplication()).isTrue();
        assertThat(open(new Browser(), user, "new-password-1").atApplication()).isTrue();
    }

    @Test
    void expiredPasswordMustBeChangedAfterASingleSignOnToo() {
        TestUser user = userWithOldPassword("old-password-1");
        Browser browser = new Browser();
        assertThat(open(browser, user, "old-password-1").atApplication()).isTrue();
        assertThat(lenders.app.open(browser, "openid").atApplication()).isTrue();
        expiring.add(user);

        assertThat(lenders.app.open(browser, "openid").page().hasField("password-new"))
                .isTrue();
    }

    @Test
    void freshPasswordHasNotExpired() {
        TestUser user = lenders.user(expiring);
        assertThat(user.resetPassword("fresh-password-1").statusCode()).isEqualTo(204);
        assertThat(open(new Browser(), user, "fresh-password-1").atApplication())
                .isTrue();
    }

    @Test
    void changingAPasswordAsksForALoginAsFreshAsTheTenantDemands() throws InterruptedException {
        TestUser relaxed = lenders.user();
        TestUser wary = lenders.user(lenders.lender("wary", "maxAuthAge(0)"));
        for (TestUser user : List.of(relaxed, wary)) {
            assertThat(user.resetPassword("some-password-1").statusCode()).isEqualTo(204);
        }
        Browser one = new Browser();
        Browser other = new Browser();
        open(one, relaxed, "some-password-1");
        open(other, wary, "some-password-1");
        // The age of a login is counted in whole seconds
        Thread.sleep(2_100);

        Map<String, String> change = Map.of("kc_action", "UPDATE_PASSWORD");
        assertThat(lenders.app.open(one, "openid", change).page().hasField("password-new"))
                .isTrue();
        assertThat(lenders.app.open(other, "openid", change).page().hasField("password-new"))
                .isFalse();
    }

    @Test
    void passwordOlderThanItsRulesMustBeChangedWhenItIsTyped() {
        TestUser user = lenders.user();
        assertThat(user.resetPassword("too-short").statusCode()).isEqualTo(204);
        strict.add(user);

        LoginAttempt attempt = open(new Browser(), user, "too-short");
        assertThat(attempt.page().hasField("password-new")).isTrue();
        assertThat(attempt.page().text())
                .contains("Your password no longer meets the rules. strict asks for at least 14 characters.");
        LoginAttempt again = change(attempt, "still-short");
        assertThat(again.page().text()).contains("strict asks for at least 14 characters.");
        assertThat(change(again, "long-enough-for-it").atApplication()).isTrue();
        assertThat(open(new Browser(), user, "long-enough-for-it").atApplication())
                .isTrue();
    }

    @Test
    void passwordOlderThanItsRulesGetsNoTokensByDirectGrant() {
        TestUser user = lenders.user();
        assertThat(user.resetPassword("too-short").statusCode()).isEqualTo(204);
        assertThat(direct(user, "too-short").status()).isEqualTo(200);
        strict.add(user);
        assertThat(direct(user, "too-short").error()).isEqualTo("invalid_grant");
        assertThat(direct(user, "too-short").errorDescription()).isEqualTo("Account is not fully set up");
    }

    @Test
    void passwordOlderThanItsRulesMayBeUsedInTheTenantsGraceAndTheRestOfItIsRemembered() {
        TestOrg patient = lenders.lender("patient", "length(14)").attribute("password-policy-grace-days", "3");
        TestUser user = lenders.user();
        assertThat(user.resetPassword("too-short").statusCode()).isEqualTo(204);
        patient.add(user);
        assertThat(open(new Browser(), user, "too-short").atApplication()).isTrue();
        assertThat(credentialData(user)).contains("tenantryShortSince");
        assertThat(direct(user, "too-short").status()).isEqualTo(200);

        patient.attribute("password-policy-grace-days", "0");
        assertThat(open(new Browser(), user, "too-short").page().hasField("password-new"))
                .isTrue();

        patient.attribute("password-policy", "length(2)");
        assertThat(direct(user, "too-short").status()).isEqualTo(200);
        assertThat(credentialData(user)).doesNotContain("tenantryShortSince");
    }

    @Test
    void rulesThatCannotBeUsedLockNobodyOut() {
        TestUser user = lenders.user();
        assertThat(user.resetPassword("too-short").statusCode()).isEqualTo(204);
        strict.add(user);
        lenders.lender("misspelt", "lenght(3)").add(user);
        assertThat(open(new Browser(), user, "too-short").atApplication()).isTrue();
    }

    @Test
    void formKnowsTheRulesBeforeTheUserTypes() {
        TestUser user = lenders.user();
        assertThat(user.resetPassword("some-password-1").statusCode()).isEqualTo(204);
        strict.add(user);
        assertThat(user.resetPassword("long-enough-for-it").statusCode()).isEqualTo(204);
        user.update(Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
        Page page = open(new Browser(), user, "long-enough-for-it").page();
        assertThat(page.body()).contains("{ name: \"length\", policy: { value: 14,");
    }

    @Test
    void userIsToldInItsOwnLanguage() {
        TestUser user = lenders.user();
        assertThat(user.resetPassword("too-short").statusCode()).isEqualTo(204);
        strict.add(user);
        LoginAttempt attempt = lenders.app
                .open(new Browser(), "openid", Map.of("ui_locales", "de"))
                .credentials(user, "too-short");
        assertThat(attempt.page().text())
                .contains("Ihr Passwort genügt den Regeln nicht mehr. strict verlangt mindestens 14 Zeichen.");
    }

    private TestUser userWithOldPassword(String password) {
        // What stock makes of it with the realm's hash; imported with the hash, so that its age can be chosen
        return lenders.user(Map.of("credentials", List.of(OldPassword.credential(password))));
    }

    private LoginAttempt open(Browser browser, TestUser user, String password) {
        return lenders.app.open(browser, "openid").credentials(user, password);
    }

    private static LoginAttempt change(LoginAttempt attempt, String password) {
        return attempt.submit(Map.of("password-new", password, "password-confirm", password));
    }

    private Tokens direct(TestUser user, String password) {
        return lenders.app.token(
                Map.of("grant_type", "password", "username", user.username(), "password", password, "scope", "openid"));
    }

    private String credentialData(TestUser user) {
        return lenders.realm.admin().get("/users/{id}/credentials", user.id()).asString();
    }
}
