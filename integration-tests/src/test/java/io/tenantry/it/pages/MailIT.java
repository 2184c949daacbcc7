package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.repository.DocsPicture;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Mails as they are read in a browser: no barrier that axe-core finds under WCAG 2.2 AA, nothing asked of any host. */
@WithServer
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

    @Test
    void verification() {
        TestUser noah = realm.member("noah", BrandedRealm.NORTHBANK);
        realm.realm
                .admin()
                .put("/users/{id}/send-verify-email", noah.id())
                .then()
                .statusCode(204);
        examine("mail-verify", "noah@northbank.example");
    }

    @Test
    void reset() {
        realm.member("sole", Map.of("email", "sole@elsewhere.example"), BrandedRealm.NORTHBANK);
        Browser browser = new Browser();
        Page login = realm.forms.open(browser, "openid").page();
        Page reset = browser.open(
                URI.create(Objects.requireNonNull(login.document().selectFirst("a[href*=reset-credentials]"))
                        .absUrl("href")));
        reset.submit(Map.of("username", "sole"));
        examine("mail-reset", "sole@elsewhere.example");
    }

    @Test
    void invitation() {
        realm.realm
                .admin()
                .contentType("application/x-www-form-urlencoded")
                .formParam("email", "invited@elsewhere.example")
                .post(
                        "/organizations/{id}/members/invite-user",
                        realm.lender(BrandedRealm.NORTHBANK).id())
                .then()
                .statusCode(204);
        examine("mail-invitation", "invited@elsewhere.example", screen -> screen.show(DocsPicture.MAIL));
    }

    private void examine(String name, String recipient) {
        examine(name, recipient, screen -> {});
    }

    private void examine(String name, String recipient, Consumer<Screen> first) {
        try (Screen screen = realm.screen(chromium)) {
            screen.page().setContent(realm.mail.html(recipient));
            assertThat(screen.page().locator("bdi").first().textContent()).isEqualTo("Northbank");
            screen.page().setViewportSize(800, 520);
            first.accept(screen);
            screen.examine(name);
        }
    }
}
