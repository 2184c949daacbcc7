package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keycloak's own consoles, which a realm's security policy holds as well. */
@WithServer
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedPolicyIT {
    /** The consoles' loading screens have a style of their own, which is refused and not missed. The frame is stock's. */
    private static final Predicate<String> KNOWN = Pattern.compile(
                    "console error: Applying inline style violates .*style-src 'self'.*|console warning: An iframe which .*")
            .asMatchPredicate();

    private Chromium chromium;
    private BrandedRealm realm;

    @BeforeAll
    void open(TestServer server, Chromium shared) {
        chromium = shared;
        realm = new BrandedRealm(server);
        realm.member("maya", BrandedRealm.NORTHBANK);
        realm.member("ada", BrandedRealm.NORTHBANK).manages(List.of("realm-admin"));
    }

    @AfterAll
    void close() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void accountConsoleWorks() {
        try (Screen screen = signIn("maya", "/realms/" + realm.realm.name() + "/account/")) {
            Page page = screen.page();
            assertThat(page.locator("[data-testid=email]").inputValue()).isEqualTo("maya@northbank.example");
            screen.picture("account-personal");
            page.navigate(page.url() + "account-security/signing-in");
            page.waitForSelector("[data-testid='password/credential-list']");
            screen.picture("account-signing-in");
            page.locator("[data-testid='password/credential-list'] button")
                    .first()
                    .click();
            page.waitForSelector("#password-new");
            assertThat(screen.complaints()).allMatch(KNOWN);
        }
    }

    @Test
    void adminConsoleOfTheRealmWorks() {
        try (Screen screen = signIn("ada", "/admin/" + realm.realm.name() + "/console/")) {
            Page page = screen.page();
            page.locator("#nav-item-realm-settings").click();
            page.waitForSelector("[data-testid=rs-security-defenses-tab]");
            screen.picture("admin-of-realm");
            assertThat(screen.complaints()).allMatch(KNOWN);
        }
    }

    private Screen signIn(String user, String path) {
        Screen screen =
                new Screen(chromium.browser(), realm.realm.server().keycloak().baseUri());
        Page page = screen.page();
        page.navigate(realm.realm.server().keycloak().baseUri() + path);
        page.locator("#username").fill(user);
        page.keyboard().press("Enter");
        page.locator("#password").fill(TestUser.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**" + path + "**");
        return screen;
    }
}
