package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.repository.DocsPicture;
import java.util.ArrayList;
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
 * Keycloak's pages, as docs/branding.md lists them, as each brand, in light and dark and on a phone, and in a language that runs from right to left: no barrier
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

    /** Buttons beside each other of which one is higher up, or larger. */
    private static final String OUT_OF_LINE = """
            () => [...document.querySelectorAll(".pf-v5-u-flex-nowrap")]
                .map((group) => [...group.querySelectorAll("button")].map((at) => at.getBoundingClientRect()))
                .filter((buttons) => buttons.some((at) => at.top !== buttons[0].top || at.height !== buttons[0].height))
                .map((buttons) => JSON.stringify(buttons))""";

    private static final String OTP_SECRET = "HJ3SKRDEPBYVSVDOM5ZG6MSFHFIHSNTT";

    /** What somebody is asked for at their first sign-in. */
    private static final Map<String, ?> NEW =
            Map.of("emailVerified", false, "requiredActions", List.of("TERMS_AND_CONDITIONS", "VERIFY_EMAIL"));

    /** What an application may ask of somebody who is signed in, and the page that does. */
    private static final List<Map.Entry<String, String>> ACTIONS = List.of(
            Map.entry("UPDATE_PASSWORD", "login-update-password"),
            Map.entry("CONFIGURE_TOTP", "login-config-totp"),
            Map.entry("CONFIGURE_RECOVERY_AUTHN_CODES", "login-recovery-authn-code-config"),
            Map.entry("webauthn-register", "webauthn-register"),
            Map.entry("UPDATE_PROFILE", "login-update-profile"));

    private final Map<String, TestUser> people = new HashMap<>();
    private Chromium chromium;
    private BrandedRealm realm;
    /** Asks whether it may know who one is. */
    private TestClient asking;

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
            people.put("ways-" + alias, realm.member("ways-" + alias, Map.of("credentials", ways()), alias));
            realm.believedLogin(alias);
        }
        realm.refusedLogin("");
        realm.believedLogin("");
        realm.enable("TERMS_AND_CONDITIONS");
        asking = realm.formsApplication("asking", Map.of()).update(Map.of("consentRequired", true));
        people.put("maya", realm.member("maya", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR, BrandedRealm.EVIL));
        people.put("sam", realm.member("sam", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR));
        people.put("nobody", realm.realm.user("nobody"));
        people.put("otp-", realm.realm.user("otp-nobody", Map.of("credentials", otp())));
        people.put("key-", realm.realm.user("key-nobody", Map.of("credentials", key())));
        people.put("ways-", realm.realm.user("ways-nobody", Map.of("credentials", ways())));
        people.put("corporate", realm.corporate.user("corporate"));
        // Whom the corporate login's address is taken by
        realm.realm.user("double", Map.of("email", "corporate@example.test"));
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
            tab.show(Brand.NORTHBANK, "login", DocsPicture.LOGIN);
            tab.examine("login");
            tab.signIn(people.get("nobody"), "wrong");
            tab.page.waitForSelector("#input-error-username");
            tab.examine("login-error", "login");

            tab.page.locator("a[href*='reset-credentials']").click();
            tab.examine("reset", "login-reset-password");
            tab.page.locator("#username").fill("nobody");
            tab.submit();
            tab.page.waitForSelector(".pf-v5-c-alert.pf-m-success");
            tab.examine("reset-sent", "login");

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
            tab.examine("username", "login-username");
            String stale = tab.page.locator("#kc-form-login").getAttribute("action");
            tab.page.locator("#username").fill(tab.person("").username());
            tab.submit();
            tab.page.waitForSelector("#kc-attempted-username");
            tab.examine("password", "login");

            tab.page.navigate(stale);
            tab.examine("expired", "login-page-expired");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfSecondFactors(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms);
            tab.signIn(tab.person("otp-"), TestUser.PASSWORD);
            tab.examine("otp", "login-otp");
        }
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.keys);
            tab.page.locator("#username").fill(tab.person("key-").username());
            tab.submit();
            tab.examine("webauthn", "webauthn-authenticate");
        }
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.ways);
            tab.signIn(tab.person("ways-"), TestUser.PASSWORD);
            tab.page.locator("#try-another-way").click();
            tab.examine("ways", "select-authenticator");
            tab.page.locator("main [role=button]").last().click();
            tab.examine("recovery-code", "login-recovery-authn-code-input");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfTheSignedIn(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms);
            tab.signIn(tab.person(""), TestUser.PASSWORD);
            tab.page.waitForURL(TestClient.REDIRECT_URI + "**");
            for (Map.Entry<String, String> action : ACTIONS) {
                tab.open(realm.forms, Map.of("kc_action", action.getKey()));
                // Keycloak's cookie is not enough for a scope that names an organization
                if (tab.page.locator("#kc-attempted-username").isVisible()) {
                    tab.page.locator("#password").fill(TestUser.PASSWORD);
                    tab.submit();
                }
                if (action.getKey().equals("UPDATE_PASSWORD")) {
                    tab.show(Brand.NORTHBANK, action.getValue(), DocsPicture.PASSWORD);
                }
                tab.examine(action.getKey().toLowerCase(Locale.ROOT), action.getValue());
            }
            tab.page.navigate(realm.realm.issuer() + "/protocol/openid-connect/logout?client_id=forms&ui_locales="
                    + brand.language);
            tab.examine("logout", "logout-confirm");
            tab.submit();
            tab.examine("logged-out", "info");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfAFirstSignIn(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms);
            String name = "new-" + brand.name().toLowerCase(Locale.ROOT);
            tab.signIn(
                    brand.lender.isEmpty() ? realm.realm.user(name, NEW) : realm.member(name, NEW, brand.lender),
                    TestUser.PASSWORD);
            tab.examine("terms");
            tab.submit();
            tab.examine("verify-email", "login-verify-email");
        }
        try (Tab tab = new Tab(brand)) {
            tab.open(asking);
            tab.signIn(tab.person(""), TestUser.PASSWORD);
            tab.examine("consent", "login-oauth-grant");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfACorporateSignInWhoseAddressIsTaken(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.signInCorporately("believed-");
            tab.examine("review", "idp-review-user-profile");
            tab.page.locator("#firstName").fill("First");
            tab.page.locator("#lastName").fill("Last");
            tab.submit();
            tab.examine("link", "login-idp-link-confirm");
            tab.page.locator("#linkAccount").click();
            tab.examine("link-sent", "login-idp-link-email");
        }
    }

    /** It stands before all that could tell of a lender, and has the language of the browser. */
    @ParameterizedTest
    @EnumSource(names = {"PLATFORM", "RIGHT_TO_LEFT"})
    void pageThatAsksForTheCodeOfADevice(Brand brand) {
        try (Tab tab = new Tab(brand, brand.language)) {
            tab.page.navigate(realm.realm.issuer() + "/device");
            tab.look("device", "login-oauth2-device-verify-user-code");
            assertThat(tab.shown()).isEqualTo("Lending");
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
            assertThat(tab.page.locator("#tenantry-lenders .tenantry-initial").allTextContents())
                    .containsExactly("E");
            tab.look("select", "select-organization");
            assertThat(tab.shown()).isEqualTo("Lending");
            for (String logo : List.of("northbank.svg", "harbor.svg")) {
                assertThat(tab.page
                                .locator("#tenantry-lenders img[src$='/img/lenders/" + logo + "']")
                                .evaluateAll("logos => logos.map((logo) => logo.naturalWidth > 0)"))
                        .as(logo + " is shown")
                        .isEqualTo(List.of(true));
            }
        }
    }

    /** Names as lenders have them, for the picture in docs/branding.md. */
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
            assertThat(tab.page.locator("#tenantry-lenders .tenantry-initial").allTextContents())
                    .containsExactly("G");
            tab.show(Brand.PLATFORM, "select-organization", DocsPicture.SELECT);
            tab.look("choice", "select-organization");
        }
    }

    /** A brand as a lender would choose it, for the picture in docs/branding.md. */
    @Test
    void pageOfABrightBrandInTheDark() {
        realm.realm
                .org("sunrise")
                .update(Map.of(
                        "name",
                        "Sunrise Savings",
                        "attributes",
                        Map.of("branding.color", List.of("#f7e017"), "branding.logo", List.of("harbor.svg"))));
        try (Tab tab = new Tab(Brand.PLATFORM)) {
            tab.openFor(realm.forms, "openid organization:sunrise", Map.of());
            assertThat(tab.shown()).isEqualTo("Sunrise Savings");
            tab.screen.showDark(DocsPicture.LOGIN_DARK);
            tab.look("bright", "login");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageOfARefusedSamlSignIn(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            // Which names no lender: the refusal does
            tab.signInCorporately("corporate-", "openid");
            tab.show(Brand.RIGHT_TO_LEFT, "error", DocsPicture.REFUSED);
            tab.examine("refused", "error");
            assertThat(tab.page.locator("#kc-error-message").textContent())
                    .as("has a reference")
                    .containsPattern("\\b[A-Z2-9]{10}\\b");
        }
    }

    /** Keycloak reads the language of a sign-in that it begins, and this one it does not: the browser's counts. */
    @ParameterizedTest
    @EnumSource
    void pageOfAnError(Brand brand) {
        try (Tab tab = new Tab(brand, brand.language)) {
            tab.open(realm.forms, Map.of("redirect_uri", "https://elsewhere.example/"));
            tab.look("error");
        }
    }

    /** A browser on its way through the pages of a brand. */
    private final class Tab implements AutoCloseable {
        private final Brand brand;
        private final Screen screen;
        private final Page page;

        /** In English, so that it is the application that asks for another language. */
        Tab(Brand brand) {
            this(brand, "en");
        }

        Tab(Brand brand, String language) {
            this.brand = brand;
            this.screen = new Screen(
                    chromium.browser(), realm.realm.server().keycloak().baseUri(), language);
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

        void signInCorporately(String kind) {
            signInCorporately(kind, brand.scope());
        }

        void signInCorporately(String kind, String scope) {
            openFor(realm.app, scope, Map.of("kc_idp_hint", kind + brand.lender));
            signIn(people.get("corporate"), TestUser.PASSWORD);
            // By way of a page of the other realm that posts the answer
            page.waitForURL(url -> url.startsWith(realm.realm.issuer() + "/"));
        }

        void submit() {
            Locator button = page.locator("main [type=submit]").first();
            button.click();
        }

        /** Takes a page as this brand for the documentation. */
        void show(Brand as, String template, DocsPicture picture) {
            if (brand == as) {
                assertIs(template);
                screen.show(picture);
            }
        }

        /** Looks at a page that must show the brand, whose template has the page's name. */
        void examine(String name) {
            examine(name, name);
        }

        /** Looks at a page that must show the brand. */
        void examine(String name, String template) {
            assertIs(template);
            assertThat(shown()).as(name).isEqualTo(brand.shown);
            look(name, template);
        }

        /** Looks at a page that may know no lender, whose template has the page's name. */
        void look(String name) {
            look(name, name);
        }

        /** Looks at a page that may know no lender. */
        void look(String name, String template) {
            assertIs(template);
            assertThat(page.locator("html").getAttribute("lang")).as(name).isEqualTo(brand.language);
            assertThat(page.locator("html").getAttribute("dir"))
                    .as(name)
                    .isEqualTo(brand.language.equals("ar") ? "rtl" : "ltr");
            assertThat(page.evaluate(UTILITIES))
                    .as("utilities on " + name + " that no sheet has")
                    .isEqualTo(List.of());
            assertThat(page.evaluate(OUT_OF_LINE))
                    .as("buttons out of line on " + name)
                    .isEqualTo(List.of());
            screen.examine(brand.name().toLowerCase(Locale.ROOT) + "-" + name);
        }

        /** Whose page it says it is. */
        String shown() {
            return page.locator("#kc-header-wrapper").textContent().replace("\u2060", "");
        }

        /** Waits for the page. Keycloak says in each which template it is of. */
        private void assertIs(String template) {
            PlaywrightAssertions.assertThat(page.locator("body"))
                    .hasAttribute(
                            "data-page-id",
                            "login-" + template,
                            new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));
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

    private static List<Map<String, Object>> ways() {
        List<Map<String, Object>> all = new ArrayList<>(otp());
        all.add(Map.of(
                "type",
                "recovery-authn-codes",
                "userLabel",
                "Recovery codes",
                "secretData",
                "{\"codes\":[{\"number\":1,\"encodedHashedValue\":\"AAEC\"}]}",
                "credentialData",
                "{\"algorithm\":\"RS512\",\"remaining\":1,\"total\":1}"));
        return all;
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
