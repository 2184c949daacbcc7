package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keycloak's own consoles, which a realm's security policy holds as well. */
@WithServer
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedPolicyIT {
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
        try (Screen screen = screen()) {
            Page page = screen.page();
            String console = signIn(page, "maya", "/realms/" + realm.realm.name() + "/account/");
            assertThat(page.locator("[data-testid=email]").inputValue()).isEqualTo("maya@northbank.example");
            screen.picture("account-personal");
            page.navigate(console + "account-security/signing-in");
            page.waitForSelector("[data-testid='password/credential-list']");
            screen.picture("account-signing-in");
            page.locator("[data-testid='password/credential-list'] button")
                    .first()
                    .click();
            page.waitForSelector("#password-new");
            assertNothingOfUseIsRefused(screen);
        }
    }

    @Test
    void adminConsoleOfTheRealmWorks() {
        try (Screen screen = screen()) {
            Page page = screen.page();
            signIn(page, "ada", "/admin/" + realm.realm.name() + "/console/");
            page.locator("#nav-item-realm-settings").click();
            page.waitForSelector("[data-testid=rs-security-defenses-tab]");
            screen.picture("admin-of-realm");
            assertNothingOfUseIsRefused(screen);
        }
    }

    /** The consoles' loading screen has one style of its own, which is refused and not missed. The frame is stock's. */
    private static void assertNothingOfUseIsRefused(Screen screen) {
        Set<String> complaints = new HashSet<>(screen.complaints());
        complaints.removeIf(complaint -> complaint.startsWith("console warning: An iframe which has both"));
        assertThat(complaints)
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(complaint -> complaint.startsWith("console error: Applying inline style violates"));
    }

    private Screen screen() {
        return realm.screen(chromium);
    }

    private String signIn(Page page, String user, String path) {
        String console = realm.realm.server().keycloak().baseUri() + path;
        page.navigate(console);
        page.locator("#username").fill(user);
        page.keyboard().press("Enter");
        page.locator("#password").fill(TestUser.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(console + "**");
        return console;
    }
}
