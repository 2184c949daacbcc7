package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.restassured.specification.RequestSpecification;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.repository.DocsPicture;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mails as they are read in a browser, of lenders that look well and of a hostile one, and in a language that runs from
 * right to left: no barrier that axe-core finds under WCAG 2.2 AA, nothing asked of any host.
 */
@WithServer
@ProcessesOnly
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailIT {
    private Chromium chromium;
    private BrandedRealm realm;

    @BeforeAll
    void open(TestServer server, Chromium shared) {
        chromium = shared;
        realm = new BrandedRealm(server);
    }

    @AfterAll
    void close() {
        if (realm != null) {
            realm.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM")
    void verification(Brand brand) {
        TestUser noah = member("noah", brand);
        realm.realm
                .admin()
                .put("/users/{id}/send-verify-email", noah.id())
                .then()
                .statusCode(204);
        examine("verify", brand, "noah");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM")
    void whatIsLeftToDo(Brand brand) {
        TestUser olga = member("olga", brand);
        realm.realm
                .admin()
                .body(List.of("UPDATE_PASSWORD", "CONFIGURE_TOTP"))
                .put("/users/{id}/execute-actions-email", olga.id())
                .then()
                .statusCode(204);
        examine("actions", brand, "olga");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM")
    void reset(Brand brand) {
        TestUser sole = member("sole", brand);
        Browser browser = new Browser();
        Page login = realm.forms.open(browser, "openid").page();
        Page reset = browser.open(
                URI.create(Objects.requireNonNull(login.document().selectFirst("a[href*=reset-credentials]"))
                        .absUrl("href")));
        reset.submit(Map.of("username", sole.username()));
        examine("reset", brand, "sole");
    }

    /** Of somebody who has an account already, and so a language. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM")
    void invitation(Brand brand) {
        TestUser invited = realm.realm.user(named(brand, "invited"), reader(brand, "invited"));
        invite(brand)
                .formParam("id", invited.id())
                .post("/members/invite-existing-user")
                .then()
                .statusCode(204);
        examine("invitation-of-known", brand, "invited");
    }

    /** Whose language nobody knows: the mail has the realm's. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLATFORM", "RIGHT_TO_LEFT"})
    void invitationOfAStranger(Brand brand) {
        invite(brand)
                .formParam("email", email(brand, "stranger"))
                .post("/members/invite-user")
                .then()
                .statusCode(204);
        examine("invitation", brand, "stranger");
    }

    /** Names differ by brand, so that each mail is its own. */
    private static String named(Brand brand, String name) {
        return name + '-' + brand.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String email(Brand brand, String name) {
        return named(brand, name) + "@elsewhere.example";
    }

    /** Who reads the brand's language. */
    private static Map<String, ?> reader(Brand brand, String name) {
        return Map.of("email", email(brand, name), "attributes", Map.of("locale", List.of(brand.language)));
    }

    private TestUser member(String name, Brand brand) {
        return realm.member(named(brand, name), reader(brand, name), brand.lender);
    }

    private RequestSpecification invite(Brand brand) {
        RequestSpecification admin = realm.realm.admin();
        return admin.basePath("/admin/realms/" + realm.realm.name() + "/organizations/"
                        + realm.lender(brand.lender).id())
                .contentType("application/x-www-form-urlencoded");
    }

    private void examine(String mail, Brand brand, String recipient) {
        try (Screen screen = realm.screen(chromium)) {
            screen.page().setContent(realm.mail.html(email(brand, recipient)));
            assertThat(screen.page().locator("bdi").first().textContent()).isEqualTo(brand.shown);
            Locator html = screen.page().locator("html");
            assertThat(html.getAttribute("lang")).isEqualTo(brand.language);
            assertThat(html.getAttribute("dir")).isEqualTo(brand.language.equals("ar") ? "rtl" : "ltr");
            screen.page().setViewportSize(800, 520);
            if (mail.equals("invitation") && brand == Brand.NORTHBANK) {
                screen.show(DocsPicture.MAIL);
            }
            screen.page().setViewportSize(800, 700);
            screen.examine(named(brand, "mail-" + mail));
        }
    }
}
