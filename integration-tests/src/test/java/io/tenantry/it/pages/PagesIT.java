package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page, as each brand, in light and dark and on a phone, and in a language that runs from right to left: no barrier
 * that axe-core finds under WCAG 2.2 AA, no complaint of the browser under the shipped security policy, nothing asked of
 * another host.
 */
@WithServer
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
    /** Not all of PatternFly is loaded. Of keycloak.v2's own classes, {@code pf-v5-u-flex-wrap-wrap} stands for no rule in PatternFly either. */
    private static final String UTILITIES = """
            () => {
                const rules = (sheet) => [...sheet.cssRules].flatMap((rule) => rule.media ? rules(rule) : [rule.selectorText]);
                const styled = new Set([...document.styleSheets].flatMap(rules));
                return [...new Set([...document.querySelectorAll("[class*=pf-v5-u-]")].flatMap((at) => [...at.classList]))]
                    .filter((name) => name.startsWith("pf-v5-u-") && name !== "pf-v5-u-flex-wrap-wrap")
                    .filter((name) => !styled.has("." + name));
            }""";

    private static final String OTP_SECRET = "HJ3SKRDEPBYVSVDOM5ZG6MSFHFIHSNTT";

    private final Map<String, TestUser> people = new HashMap<>();
    private Chromium chromium;
    private BrandedRealm realm;

    /** Whose pages, and how they are reached. */
    enum Brand {
        PLATFORM("Lending", "", "en"),
        NORTHBANK("Northbank", BrandedRealm.NORTHBANK, "en"),
        PALE("Harbor Credit Union", BrandedRealm.HARBOR, "en"),
        HOSTILE(BrandedRealm.EVIL_NAME, BrandedRealm.EVIL, "en"),
        RIGHT_TO_LEFT("Northbank", BrandedRealm.NORTHBANK, "ar");

        final String shown;
        final String lender;
        final String language;

        Brand(String shown, String lender, String language) {
            this.shown = shown;
            this.lender = lender;
            this.language = language;
        }

        String scope() {
            return lender.isEmpty() ? "openid" : "openid organization:" + lender;
        }
    }

    @BeforeAll
    void open(TestServer server, Chromium shared) {
        chromium = shared;
        realm = new BrandedRealm(server);
        for (String alias : List.of(BrandedRealm.NORTHBANK, BrandedRealm.HARBOR, BrandedRealm.EVIL)) {
            realm.refusedLogin(alias);
            people.put(alias, realm.member("alice-" + alias, alias));
            people.put("otp-" + alias, realm.member("otp-" + alias, Map.of("credentials", otp()), alias));
            people.put("key-" + alias, realm.member("key-" + alias, Map.of("credentials", key()), alias));
        }
        people.put("maya", realm.member("maya", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR, BrandedRealm.EVIL));
        people.put("sam", realm.member("sam", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR));
        people.put("nobody", realm.realm.user("nobody"));
        people.put("otp-", realm.realm.user("otp-nobody", Map.of("credentials", otp())));
        people.put("key-", realm.realm.user("key-nobody", Map.of("credentials", key())));
        people.put("corporate", realm.corporate.user("corporate"));
    }

    @AfterAll
    void close() {
        if (realm != null) {
            realm.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesBeforeSignIn(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms);
            tab.examine("login");
            tab.signIn(people.get("nobody"), "wrong");
            tab.examine("login-error");

            tab.page.locator("a[href*='reset-credentials']").click();
            tab.examine("reset");
            tab.page.locator("#username").fill("nobody");
            tab.submit();
            tab.examine("reset-sent");

            tab.open(realm.forms);
            tab.page.locator("a[href*='registration']").click();
            tab.examine("register");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfTheEmailFirst(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.app);
            tab.examine("username");
            String stale = tab.page.locator("#kc-form-login").getAttribute("action");
            tab.page.locator("#username").fill(tab.person("").username());
            tab.submit();
            tab.examine("password");

            tab.page.navigate(stale);
            tab.examine("expired");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfSecondFactors(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms);
            tab.signIn(tab.person("otp-"), TestUser.PASSWORD);
            tab.examine("otp");
        }
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.keys);
            tab.page.locator("#username").fill(tab.person("key-").username());
            tab.submit();
            tab.examine("webauthn");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfTheSignedIn(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms);
            tab.signIn(tab.person(""), TestUser.PASSWORD);
            tab.page.waitForURL(TestClient.REDIRECT_URI + "**");
            for (String action : List.of("UPDATE_PASSWORD", "CONFIGURE_TOTP", "webauthn-register", "UPDATE_PROFILE")) {
                tab.open(realm.forms, Map.of("kc_action", action));
                // Keycloak's cookie is not enough for a scope that names an organization
                if (tab.page.locator("#kc-attempted-username").isVisible()) {
                    tab.page.locator("#password").fill(TestUser.PASSWORD);
                    tab.submit();
                }
                tab.examine(action.toLowerCase(Locale.ROOT));
            }
            tab.page.navigate(realm.realm.issuer() + "/protocol/openid-connect/logout?client_id=forms&ui_locales="
                    + brand.language);
            tab.look("logout");
            tab.submit();
            tab.look("logged-out");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageThatOffersLenders(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.openFor(realm.app, "openid organization", Map.of());
            tab.page.locator("#username").fill("maya");
            tab.submit();
            tab.page.waitForSelector("#tenantry-lenders");
            assertThat(tab.page.locator("#tenantry-lenders bdi").allTextContents())
                    .containsExactlyInAnyOrder("Northbank", "Harbor Credit Union", BrandedRealm.EVIL_NAME);
            tab.look("select");
        }
    }

    /** Names as lenders have them: this is the picture in docs/branding.md. */
    @Test
    void pageThatOffersLendersWithOrdinaryNames() {
        realm.realm
                .org("granite")
                .update(Map.of("name", "Granite Building Society"))
                .add(people.get("sam"));
        try (Tab tab = new Tab(Brand.PLATFORM)) {
            tab.openFor(realm.app, "openid organization", Map.of());
            tab.page.locator("#username").fill("sam");
            tab.submit();
            tab.page.waitForSelector("#tenantry-lenders");
            assertThat(tab.page.locator("#tenantry-lenders bdi").allTextContents())
                    .containsExactlyInAnyOrder("Northbank", "Harbor Credit Union", "Granite Building Society");
            tab.look("choice");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Brand.class, mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM")
    void pageOfARefusedSamlSignIn(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.openFor(realm.app, "openid", Map.of("kc_idp_hint", "corporate-" + brand.lender));
            tab.page.locator("#username").fill("corporate");
            tab.page.locator("#password").fill(TestUser.PASSWORD);
            tab.submit();
            // By way of a page of the other realm that posts the answer
            tab.page.waitForURL(realm.realm.issuer() + "/broker/**");
            tab.examine("refused");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageOfAnError(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms, Map.of("redirect_uri", "https://elsewhere.example/"));
            // Keycloak reads the language of a sign-in that it begins, and this one it does not
            assertThat(tab.page.locator("html").getAttribute("lang")).isEqualTo("en");
            tab.screen.examine(brand.name().toLowerCase(Locale.ROOT) + "-error");
        }
    }

    /** A browser on its way through the pages of a brand. */
    private final class Tab implements AutoCloseable {
        private final Brand brand;
        private final Screen screen;
        private final Page page;

        Tab(Brand brand) {
            this.brand = brand;
            this.screen = new Screen(
                    chromium.browser(), realm.realm.server().keycloak().baseUri());
            this.page = screen.page();
        }

        TestUser person(String kind) {
            String key = kind + brand.lender;
            return people.get(key.isEmpty() ? "nobody" : key);
        }

        void open(TestClient client) {
            open(client, Map.of());
        }

        void open(TestClient client, Map<String, String> more) {
            openFor(client, brand.scope(), more);
        }

        void openFor(TestClient client, String scope, Map<String, String> more) {
            Map<String, String> parameters = new HashMap<>(Map.of("ui_locales", brand.language));
            parameters.putAll(more);
            page.navigate(client.signIn(scope, parameters).toString());
        }

        void signIn(TestUser user, String password) {
            page.locator("#username").fill(user.username());
            page.locator("#password").fill(password);
            submit();
        }

        void submit() {
            Locator button = page.locator("main [type=submit]").first();
            button.click();
        }

        /** Looks at a page that must show the brand. */
        void examine(String name) {
            assertThat(page.locator("#kc-header-wrapper").textContent().replace("\u2060", ""))
                    .as(name)
                    .isEqualTo(brand.shown);
            look(name);
        }

        /** Looks at a page that may know no lender. */
        void look(String name) {
            assertThat(page.locator("html").getAttribute("lang")).as(name).isEqualTo(brand.language);
            assertThat(page.locator("html").getAttribute("dir"))
                    .as(name)
                    .isEqualTo(brand.language.equals("ar") ? "rtl" : "ltr");
            assertThat(page.evaluate(UTILITIES))
                    .as("utilities on " + name + " that no sheet has")
                    .isEqualTo(List.of());
            screen.examine(brand.name().toLowerCase(Locale.ROOT) + "-" + name);
        }

        @Override
        public void close() {
            screen.close();
        }
    }

    private static List<Map<String, Object>> otp() {
        return List.of(
                password(),
                Map.of(
                        "type",
                        "otp",
                        "userLabel",
                        "Phone",
                        "secretData",
                        "{\"value\":\"" + OTP_SECRET + "\"}",
                        "credentialData",
                        "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}"));
    }

    private static List<Map<String, Object>> key() {
        return List.of(
                password(),
                Map.of(
                        "type",
                        "webauthn",
                        "userLabel",
                        "Security key",
                        "secretData",
                        "{}",
                        "credentialData",
                        "{\"aaguid\":\"00000000-0000-0000-0000-000000000000\",\"credentialId\":\"AAECAwQFBgc\","
                                + "\"counter\":0,\"credentialPublicKey\":\"AAEC\",\"attestationStatementFormat\":\"none\","
                                + "\"transports\":[\"usb\"]}"));
    }

    private static Map<String, Object> password() {
        return Map.of("type", "password", "value", TestUser.PASSWORD, "temporary", false);
    }
}
