package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people do on the pages. */
@WithServer
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInIT {
    private Chromium chromium;
    private BrandedRealm realm;

    @BeforeAll
    void open(TestServer server, Chromium shared) {
        chromium = shared;
        realm = new BrandedRealm(server);
        realm.member("maya", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR);
    }

    @AfterAll
    void close() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void keyboardAloneIsEnough() {
        try (Screen screen = screen()) {
            Page page = screen.page();
            page.navigate(realm.app.signIn("openid organization", Map.of()).toString());
            page.keyboard().type("maya");
            page.keyboard().press("Enter");
            page.waitForSelector("#tenantry-lenders");
            tabTo(page, "#tenantry-lenders button");
            page.keyboard().press("ArrowDown");
            assertThat(page.evaluate("document.activeElement.value")).isEqualTo("northbank");
            page.keyboard().press("Enter");
            page.waitForSelector("#password");
            page.keyboard().type(TestUser.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(TestClient.REDIRECT_URI + "**");
            assertThat(page.url()).contains("code=");
            assertThat(screen.complaints()).isEmpty();
        }
    }

    @Test
    void anAuthenticatorAppIsChosenByTheKeyboard() {
        realm.member("two-apps", Map.of("credentials", PagesIT.twoApps()), BrandedRealm.NORTHBANK);
        try (Screen screen = screen()) {
            Page page = screen.page();
            page.navigate(realm.forms
                    .signIn("openid organization:northbank", Map.of())
                    .toString());
            page.locator("#username").fill("two-apps");
            page.locator("#password").fill(TestUser.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForSelector("[role=radio][aria-checked=true]");
            String first = page.locator("#selectedCredentialId").inputValue();
            assertThat(page.locator("[role=radio][aria-checked=true]").textContent())
                    .contains("Phone");

            page.keyboard().press("Shift+Tab");
            page.keyboard().press("ArrowDown");

            Locator chosen = page.locator("[role=radio][aria-checked=true]");
            assertThat(chosen.textContent()).contains("Old tablet");
            assertThat(chosen.evaluate("app => app === document.activeElement")).isEqualTo(true);
            assertThat(page.locator("#selectedCredentialId").inputValue()).isNotEqualTo(first);
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("#selectedCredentialId").inputValue()).isEqualTo(first);
            assertThat(screen.complaints()).isEmpty();
        }
    }

    @Test
    void focusIsSeenWhereverItGoes() {
        try (Screen screen = screen()) {
            Page page = screen.page();
            page.navigate(realm.forms
                    .signIn("openid organization:northbank", Map.of())
                    .toString());
            for (int stop = 0; stop < 8; stop++) {
                page.keyboard().press("Tab");
                Object seen = page.evaluate("""
                        () => {
                            const at = document.activeElement;
                            if (at === document.body) return true;
                            const outlined = (element) => getComputedStyle(element).outlineStyle !== "none";
                            return outlined(at) || outlined(at.parentElement);
                        }""");
                assertThat(seen)
                        .as("stop " + stop + " at " + page.evaluate("document.activeElement.outerHTML"))
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void rulesAreTickedWhileAPasswordIsTypedAndNothingIsSent() {
        try (Screen screen = screen()) {
            Page page = screen.page();
            page.navigate(realm.forms
                    .signIn("openid organization:northbank", Map.of())
                    .toString());
            page.locator("a[href*='registration']").click();
            assertTicked(screen, "#password");
        }
    }

    @Test
    void rulesAreTickedWhereAPasswordIsChangedToo() {
        try (Screen screen = screen()) {
            Page page = screen.page();
            page.navigate(realm.forms
                    .signIn("openid organization:northbank", Map.of("kc_action", "UPDATE_PASSWORD"))
                    .toString());
            page.locator("#username").fill("maya");
            page.locator("#password").fill(TestUser.PASSWORD);
            page.keyboard().press("Enter");
            assertTicked(screen, "#password-new");
        }
    }

    private static void assertTicked(Screen screen, String field) {
        Page page = screen.page();
        Locator length = page.locator("#tenantry-password-rules li[data-rule=length]");
        page.waitForSelector("#tenantry-password-rules li[data-rule=length][data-state=open]");
        assertThat(length.textContent()).contains("Northbank asks for at least 14 characters.", "Not met yet");
        assertThat(page.locator(field).getAttribute("aria-describedby")).isEqualTo("tenantry-password-rules");

        List<String> sent = new ArrayList<>();
        screen.context().onRequest((Request request) -> sent.add(request.url()));
        page.locator(field).pressSequentially("thirteen-char");
        assertThat(length.getAttribute("data-state")).isEqualTo("open");
        page.locator(field).pressSequentially("s");
        assertThat(length.getAttribute("data-state")).isEqualTo("met");
        assertThat(length.textContent()).contains("Met");
        page.locator(field).press("Backspace");
        assertThat(length.getAttribute("data-state")).isEqualTo("open");
        assertThat(sent).noneMatch(url -> !url.contains("/login-actions/restart"));
        assertThat(screen.complaints()).isEmpty();
    }

    @Test
    void hostNameStandsForALender() {
        realm.realm.update(Map.of("attributes", Map.of("tenant.host.pattern", "{tenant}.localhost")));
        try (Screen screen = screen()) {
            Page page = screen.page();
            String address = realm.forms.signIn("openid", Map.of()).toString();
            page.navigate(address.replaceFirst("//[^:/]+", "//harbor.localhost"));
            assertThat(page.locator("#kc-header-wrapper").textContent()).isEqualTo("Harbor Credit Union");
            assertThat(screen.complaints()).isEmpty();
        } finally {
            realm.realm.update(Map.of("attributes", Map.of("tenant.host.pattern", "")));
        }
    }

    private Screen screen() {
        return realm.screen(chromium);
    }

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 20; i++) {
            if (Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not get to " + selector);
    }
}
