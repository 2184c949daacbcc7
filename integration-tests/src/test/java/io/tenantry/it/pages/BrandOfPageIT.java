package io.tenantry.it.pages;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose brand a page or a mail shows: the lender's from the moment it is known, and nothing that a stranger must not learn. */
@WithServer
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrandOfPageIT {
    private BrandedRealm realm;
    /** Whose tokens are for a lender. */
    private TestClient portal;

    @BeforeAll
    void open(TestServer server) {
        realm = new BrandedRealm(server);
        portal = realm.formsApplication("portal", Map.of())
                .mapper("tenant-claims-mapper", Map.of("access.token.claim", "true"));
        realm.member("noah", BrandedRealm.NORTHBANK);
        realm.member("sole", Map.of("email", "sole@elsewhere.example"), BrandedRealm.NORTHBANK);
        realm.member("maya", Map.of("email", "maya@brokers.example"), BrandedRealm.NORTHBANK, BrandedRealm.HARBOR);
    }

    @AfterAll
    void close() {
        realm.close();
    }

    @Test
    void withoutAWordOfALenderItIsThePlatform() {
        assertThat(brand(open("openid", Map.of()))).isEqualTo("Lending");
    }

    @Test
    void scopeNamesIt() {
        Page page = open("openid organization:northbank", Map.of());
        assertThat(brand(page)).isEqualTo("Northbank");
        assertThat(page.document().title()).isEqualTo("Sign in to Northbank");
        assertThat(page.document().select(".tenantry-logo").attr("src")).endsWith("/img/lenders/northbank.svg");
        assertThat(page.document().select("#tenantry-support").attr("href")).isEqualTo("mailto:help@northbank.example");
        assertThat(page.document().select("head link[href*='0b4f8a-1f6fb8-']")).hasSize(1);
    }

    @Test
    void parameterNamesIt() {
        assertThat(brand(open("openid organization", Map.of("tenant", "northbank"))))
                .isEqualTo("Northbank");
    }

    @Test
    void loginHintNamesItByItsDomain() {
        assertThat(brand(open("openid", Map.of("login_hint", "anybody@northbank.example"))))
                .isEqualTo("Northbank");
    }

    @Test
    void applicationOfALenderIsItsOwn() {
        assertThat(brand(realm.realm
                        .publicClient("harbors-own")
                        .update(Map.of("attributes", Map.of("tenant.allowed", "harbor")))
                        .open(new Browser(), "openid")
                        .page()))
                .isEqualTo("Harbor Credit Union");
    }

    /** Stock shows the organization of the person whose name was typed to anyone who types it. */
    @ParameterizedTest
    @ValueSource(strings = {"sole@elsewhere.example", "nobody@elsewhere.example", "maya@brokers.example"})
    void whoTypesANameLearnsNothingOfItsLenders(String typed) {
        Page password = realm.app
                .open(new Browser(), "openid")
                .submit(Map.of("username", typed))
                .page();
        assertThat(brand(password)).isEqualTo("Lending");
        assertThat(password.text()).doesNotContain("Northbank");
    }

    @Test
    void domainThatWasTypedIsShownWhetherThereIsSuchAPersonOrNot() {
        for (String typed : List.of("noah@northbank.example", "nobody@northbank.example")) {
            assertThat(brand(realm.app
                            .open(new Browser(), "openid")
                            .submit(Map.of("username", typed))
                            .page()))
                    .as(typed)
                    .isEqualTo("Northbank");
        }
    }

    @Test
    void onceSignedInThePersonsOnlyLenderIsShown() {
        Browser browser = new Browser();
        LoginAttempt attempt = realm.forms.open(browser, "openid");
        assertThat(attempt.submit(Map.of("username", "sole", "password", TestUser.PASSWORD))
                        .atApplication())
                .isTrue();
        assertThat(brand(realm.forms
                        .open(browser, "openid", Map.of("kc_action", "UPDATE_PASSWORD"))
                        .page()))
                .isEqualTo("Northbank");
    }

    /** By the application's name, by its ID token, and by neither. */
    @ParameterizedTest
    @ValueSource(strings = {"?client_id=portal", "?id_token_hint=", ""})
    void whoSignsOutSeesTheLenderThatTheyWereAt(String query) {
        Browser browser = new Browser();
        Tokens tokens = enter(browser, "organization:northbank");
        Page asked = browser.open(logout(query.endsWith("hint=") ? query + tokens.idToken() : query));
        Page done = asked;
        if (query.endsWith("hint=")) {
            assertThat(asked.hasField("confirmLogout")).isFalse();
        } else {
            assertThat(brand(asked)).isEqualTo("Northbank");
            done = asked.submit(Map.of("confirmLogout", "yes"));
        }
        assertThat(done.document().body().attr("data-page-id")).isEqualTo("login-info");
        assertThat(brand(done)).isEqualTo("Northbank");

        assertThat(portal.refresh(tokens).status()).isEqualTo(400);
        assertThat(brand(browser.open(logout("?client_id=portal")))).isEqualTo("Lending");
    }

    @Test
    void whoSignsOutOfTwoLendersSeesThePlatform() {
        Browser browser = new Browser();
        enter(browser, "organization:northbank");
        enter(browser, "organization:harbor");
        Page asked = browser.open(logout("?client_id=portal"));
        assertThat(brand(asked)).isEqualTo("Lending");
        assertThat(brand(asked.submit(Map.of("confirmLogout", "yes")))).isEqualTo("Lending");
    }

    /** Somebody's ID token is no more than that once their session has ended. */
    @Test
    void strangerWhoSignsOutLearnsNothing() {
        Tokens tokens = enter(new Browser(), "organization:northbank");
        Page asked = new Browser().open(logout("?client_id=portal"));
        assertThat(brand(asked)).isEqualTo("Lending");
        assertThat(brand(asked.submit(Map.of("confirmLogout", "yes")))).isEqualTo("Lending");
        assertThat(portal.refresh(tokens).status()).isEqualTo(200);

        portal.logout(tokens);
        assertThat(brand(new Browser().open(logout("?id_token_hint=" + tokens.idToken()))))
                .isEqualTo("Lending");
    }

    @Test
    void unknownAndDisabledLendersLookAlike() {
        realm.realm.org("closed").attribute("branding.color", "#ff0000").update(Map.of("enabled", false));
        Page disabled = open("openid", Map.of("login_hint", "someone@closed.example", "tenant", "closed"));
        Page unknown = open("openid", Map.of("login_hint", "someone@missing.example", "tenant", "missing"));
        assertThat(brand(disabled)).isEqualTo(brand(unknown)).isEqualTo("Lending");
        assertThat(disabled.body()).doesNotContain("/tenantry/brand/");
    }

    @Test
    void hostileAttributesShowThePlatformsDefaults() {
        Page page = open("openid organization:evil", Map.of());
        assertThat(brand(page)).isEqualTo(BrandedRealm.EVIL_NAME);
        assertThat(page.document().select("header img, header a, .tenantry-footer"))
                .isEmpty();
        assertThat(page.document().select("[href*=evil], [src*=evil], [href^=javascript]"))
                .isEmpty();
        assertThat(page.body()).doesNotContain("/tenantry/brand/", "<script>alert");
    }

    @Test
    void pageListsOnlyLendersThatMayBeEnteredHere() {
        TestClient narrow = realm.realm
                .publicClient("two-lenders")
                .update(Map.of("attributes", Map.of("tenant.allowed", "northbank,evil")));
        TestUser broker = realm.member(
                "broker", Map.of("email", "broker@elsewhere.example"), BrandedRealm.NORTHBANK, BrandedRealm.HARBOR);
        realm.realm.org("asleep").update(Map.of("enabled", false)).add(broker);
        realm.lender(BrandedRealm.EVIL).add(broker);
        LoginAttempt anywhere =
                realm.app.open(new Browser(), "openid organization").submit(Map.of("username", "broker"));
        assertThat(choices(anywhere.page())).containsExactlyInAnyOrder("northbank", "harbor", "evil");
        LoginAttempt narrowed =
                narrow.open(new Browser(), "openid organization").submit(Map.of("username", "broker"));
        assertThat(choices(narrowed.page())).containsExactlyInAnyOrder("northbank", "evil");
    }

    @Test
    void coloursAreServedAsTheyAreAskedFor() {
        String sheet = realm.realm.issuer() + "/tenantry/brand/0b4f8a-1f6fb8-ffffff-000000.css";
        given().get(sheet).then().statusCode(200).contentType("text/css");
        assertThat(given().get(sheet).asString()).contains("--tenantry-brand:#0b4f8a", "--tenantry-brand:#1f6fb8");
        assertThat(given().get(sheet).header("X-Content-Type-Options")).isEqualTo("nosniff");
        for (String other : List.of("red", "0b4f8a", "0b4f8a-1f6fb8-ffffff-00000g", "0B4F8A-1f6fb8-ffffff-000000")) {
            assertThat(given().get(sheet.replace("0b4f8a-1f6fb8-ffffff-000000", other))
                            .statusCode())
                    .as(other)
                    .isEqualTo(404);
        }
    }

    @Test
    void mailOfAnInvitationIsTheLenders() {
        invite(BrandedRealm.NORTHBANK, "invited@elsewhere.example");
        String html = realm.mail.html("invited@elsewhere.example");
        assertThat(html)
                .contains("background:#0b4f8a;color:#ffffff", "<bdi>Northbank</bdi>", "mailto:help@northbank.example")
                .contains("lang=\"en\"", "dir=\"ltr\"");
        assertThat(realm.mail.subject("invited@elsewhere.example")).contains("Northbank");
        assertThat(realm.mail.text("invited@elsewhere.example"))
                .contains("You were invited to join", "-- ", "help@northbank.example", "Northbank plc");
        assertThat(brand(new Browser().open(realm.mail.link("invited@elsewhere.example"))))
                .isEqualTo("Northbank");
    }

    /** Stock's Arabic bundle has no text of it. */
    @Test
    void mailOfAnInvitationIsInThePersonsLanguage() {
        String email = "amal@elsewhere.example";
        realm.realm.user("amal", Map.of("email", email, "attributes", Map.of("locale", List.of("ar"))));
        invite(BrandedRealm.NORTHBANK, email);
        assertThat(realm.mail.subject(email)).isEqualTo("دعوة للانضمام إلى المؤسسة Northbank");
        assertThat(realm.mail.html(email)).contains("lang=\"ar\"", "تمت دعوتك للانضمام إلى المؤسسة Northbank");
        assertThat(realm.mail.text(email)).contains("تمت دعوتك للانضمام").doesNotContain("You were invited");
    }

    @Test
    void mailOfAHostileLenderHoldsNothingOfIt() {
        invite(BrandedRealm.EVIL, "lured@elsewhere.example");
        Document mail = Jsoup.parse(realm.mail.html("lured@elsewhere.example"));
        assertThat(mail.text().replace("\u2060", "")).contains(BrandedRealm.EVIL_NAME);
        assertThat(mail.select("script, img, [href*=evil], [src]")).isEmpty();
        assertThat(mail.select("a")).hasSize(1);
    }

    @Test
    void mailToResetAPasswordIsTheOnlyLendersAndInThePersonsLanguage() {
        Browser browser = new Browser();
        Page login =
                realm.forms.open(browser, "openid", Map.of("ui_locales", "ar")).page();
        Page reset = browser.open(URI.create(
                login.document().select("a[href*=reset-credentials]").first().absUrl("href")));
        reset.submit(Map.of("username", "sole"));
        String html = realm.mail.html("sole@elsewhere.example");
        assertThat(html).contains("<bdi>Northbank</bdi>", "dir=\"rtl\"", "lang=\"ar\"");
    }

    @Test
    void mailToWhoIsWithSeveralIsThePlatforms() {
        Browser browser = new Browser();
        Page login = realm.forms.open(browser, "openid").page();
        Page reset = browser.open(URI.create(
                login.document().select("a[href*=reset-credentials]").first().absUrl("href")));
        reset.submit(Map.of("username", "maya"));
        assertThat(realm.mail.html("maya@brokers.example")).contains("<bdi>Lending</bdi>");
    }

    /** Somebody of two lenders; the address tells of neither. */
    private Tokens enter(Browser browser, String lender) {
        LoginAttempt attempt = portal.open(browser, "openid " + lender);
        Map<String, String> fields = attempt.page().hasField("username")
                ? Map.of("username", "maya", "password", TestUser.PASSWORD)
                : Map.of("password", TestUser.PASSWORD);
        return (attempt.atApplication() ? attempt : attempt.submit(fields)).tokens();
    }

    private URI logout(String query) {
        return URI.create(realm.realm.issuer() + "/protocol/openid-connect/logout" + query);
    }

    private void invite(String lender, String email) {
        realm.realm
                .admin()
                .contentType("application/x-www-form-urlencoded")
                .formParam("email", email)
                .post(
                        "/organizations/{id}/members/invite-user",
                        realm.lender(lender).id())
                .then()
                .statusCode(204);
    }

    private Page open(String scope, Map<String, String> more) {
        return realm.forms.open(new Browser(), scope, new HashMap<>(more)).page();
    }

    private static String brand(Page page) {
        return page.document().select("#kc-header-wrapper").text().replace("\u2060", "");
    }

    private static List<String> choices(Page page) {
        return page.document().select("#tenantry-lenders button").eachAttr("value");
    }
}
