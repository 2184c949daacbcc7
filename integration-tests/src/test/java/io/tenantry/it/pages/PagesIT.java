package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.LoadState;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.RepositoryCommand;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.repository.DocsPicture;
import io.tenantry.repository.StockPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keycloak's pages, as docs/branding.md lists them, as each brand, in light and dark and on a phone, and in a language that runs from right to left: no barrier
 * that axe-core finds under WCAG 2.2 AA, no complaint of the browser under the shipped security policy, nothing asked of
 * another host.
 */
@WithServer
@ProcessesOnly
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesIT {
    private static final Path LISTED = RepositoryCommand.ROOT.resolve("docs/branding.md");
    private static final Pattern NOT_OPENED =
            Pattern.compile("^[|] `([a-z0-9_-]+)[.]ftl` [|] .+ [|]$", Pattern.MULTILINE);

    /** Not all of PatternFly is loaded. Of keycloak.v2's own classes, {@code pf-v5-u-flex-wrap-wrap} stands for no rule in PatternFly either. */
    private static final String UTILITIES = """
            () => {
                const rules = (sheet) => [...sheet.cssRules].flatMap((rule) => rule.media ? rules(rule) : [rule.selectorText]);
                const styled = new Set([...document.styleSheets].flatMap(rules));
                return [...new Set([...document.querySelectorAll("[class*=pf-v5-u-]")].flatMap((at) => [...at.classList]))]
                    .filter((name) => name.startsWith("pf-v5-u-") && name !== "pf-v5-u-flex-wrap-wrap")
                    .filter((name) => !styled.has("." + name));
            }""";

    /** Whoever is asked for a security key says no. */
    private static final String CANCELLED =
            "() => { navigator.credentials.get = () => Promise.reject(new DOMException('Cancelled', 'NotAllowedError')); }";

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

    /** What an application may ask of anybody who is signed in, and the page that does. */
    private static final List<Map.Entry<String, String>> ACTIONS = List.of(
            Map.entry("UPDATE_PASSWORD", "login-update-password"),
            Map.entry("CONFIGURE_TOTP", "login-config-totp"),
            Map.entry("CONFIGURE_RECOVERY_AUTHN_CODES", "login-recovery-authn-code-config"),
            Map.entry("webauthn-register", "webauthn-register"),
            Map.entry("UPDATE_PROFILE", "login-update-profile"),
            Map.entry("delete_account", "delete-account-confirm"));

    /** Where an application is told in a frame that its session ended. */
    private static final String TOLD_OF_LOGOUTS = TestClient.REDIRECT_URI + "/logged-out";

    private final Map<String, TestUser> people = new HashMap<>();
    /** The templates of the pages that were looked at. */
    private final Set<String> opened = new TreeSet<>();

    private Chromium chromium;
    private BrandedRealm realm;
    /** Asks whether it may know who one is, and is told of logouts in a frame. */
    private TestClient asking;

    @BeforeAll
    void open(TestServer server, Chromium shared) {
        chromium = shared;
        realm = new BrandedRealm(server);
        for (String alias : List.of(BrandedRealm.NORTHBANK, BrandedRealm.HARBOR, BrandedRealm.EVIL)) {
            realm.refusedLogin(alias);
            people.put(alias, realm.member("alice-" + alias, alias));
            people.put("otp-" + alias, realm.member("otp-" + alias, Map.of("credentials", twoApps()), alias));
            people.put("key-" + alias, realm.member("key-" + alias, Map.of("credentials", key()), alias));
            people.put("ways-" + alias, realm.member("ways-" + alias, Map.of("credentials", ways()), alias));
            realm.believedLogin(alias);
        }
        realm.refusedLogin("");
        realm.believedLogin("");
        realm.enable("TERMS_AND_CONDITIONS");
        realm.letAccountsBeDeleted();
        asking = realm.formsApplication(
                        "asking", Map.of("frontchannel.logout.url", TOLD_OF_LOGOUTS, "post.logout.redirect.uris", "+"))
                .update(Map.of("name", "Loan desk", "consentRequired", true, "frontchannelLogout", true));
        people.put("maya", realm.member("maya", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR, BrandedRealm.EVIL));
        people.put("sam", realm.member("sam", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR));
        people.put("nobody", realm.realm.user("nobody"));
        people.put("otp-", realm.realm.user("otp-nobody", Map.of("credentials", twoApps())));
        people.put("key-", realm.realm.user("key-nobody", Map.of("credentials", key())));
        people.put("ways-", realm.realm.user("ways-nobody", Map.of("credentials", ways())));
        people.put("corporate", realm.corporate.user("corporate"));
        // Whom the corporate login's address is taken by
        TestUser taken = realm.realm.user("double", Map.of("email", "corporate@example.test"));
        for (String alias : List.of("", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR, BrandedRealm.EVIL)) {
            realm.relinkingLogin(alias, taken);
        }
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
            tab.submit();
            tab.page.waitForSelector("#input-error-email");
            tab.examine("register-errors", "register");
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

            tab.open(realm.parted);
            tab.page.locator("#username").fill(tab.person("").username());
            tab.submit();
            tab.examine("password-alone", "login-password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfSecondFactors(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.forms);
            tab.signIn(tab.person("otp-"), TestUser.PASSWORD);
            tab.examine("otp", "login-otp");
            tab.page.locator("#otp").fill("000000");
            tab.submit();
            tab.page.waitForSelector("#input-error-otp");
            tab.examine("otp-error", "login-otp");
        }
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.resets);
            tab.signIn(tab.person("otp-"), TestUser.PASSWORD);
            tab.examine("otp-reset", "login-reset-otp");
        }
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.keys);
            tab.page.locator("#username").fill(tab.person("key-").username());
            tab.submit();
            tab.examine("webauthn", "webauthn-authenticate");
            tab.page.evaluate(CANCELLED);
            tab.page.locator("#authenticateWebAuthnButton").click();
            tab.examine("webauthn-error");
            tab.page.locator("#kc-try-again").click();
            tab.assertIs("webauthn-authenticate");
        }
        try (Tab tab = new Tab(brand)) {
            tab.open(realm.ways);
            tab.signIn(tab.person("ways-"), TestUser.PASSWORD);
            tab.examine("otp-of-one-app", "login-otp");
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
            ACTIONS.forEach(action -> tab.act(action.getKey(), action.getValue()));
            tab.act("delete_credential:" + password(tab.person("")), "delete-credential");
            tab.act("idp_link:believed-" + brand.lender, "link-idp-action");
            // While it is on, Keycloak takes the address off the page of the profile
            realm.enable("UPDATE_EMAIL", true);
            try {
                tab.act("UPDATE_EMAIL", "update-email");
            } finally {
                realm.enable("UPDATE_EMAIL", false);
            }
            tab.logOut(realm.forms);
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
        // Two brands have the same person
        realm.realm
                .admin()
                .delete("/users/{id}/consents/{client}", person(brand, "").id(), asking.clientId())
                .then()
                .statusCode(oneOf(204, 404));
        try (Tab tab = new Tab(brand)) {
            tab.open(asking);
            tab.signIn(tab.person(""), TestUser.PASSWORD);
            tab.examine("consent", "login-oauth-grant");
            tab.submit();
            tab.page.waitForURL(TestClient.REDIRECT_URI + "**");

            tab.logOut(asking);
            tab.submit();
            tab.examine("logged-out-by-frames", "frontchannel-logout");
            assertThat(tab.page.frames())
                    .as("the application is told")
                    .anyMatch(frame -> frame.url().startsWith(TOLD_OF_LOGOUTS));
        }
    }

    /** Of those that are told in frames, and of one that says where to go on. */
    @Test
    void logoutGoesBackOnceAllAreTold() {
        try (Tab tab = new Tab(Brand.PLATFORM)) {
            tab.open(asking);
            tab.signIn(people.get("sam"), TestUser.PASSWORD);
            tab.submit();
            tab.page.waitForURL(TestClient.REDIRECT_URI + "**");
            List<String> asked = new ArrayList<>();
            tab.page.onRequestFinished(request -> asked.add(request.url()));
            tab.logOut(asking, "&post_logout_redirect_uri=" + TestClient.REDIRECT_URI);
            tab.submit();
            tab.page.waitForURL(TestClient.REDIRECT_URI);
            assertThat(asked)
                    .as("the application was told before")
                    .filteredOn(url -> url.startsWith(TestClient.REDIRECT_URI))
                    .first()
                    .asString()
                    .startsWith(TOLD_OF_LOGOUTS);
            assertThat(tab.screen.complaints()).isEmpty();
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

    /** Which Keycloak asks by a form that sends itself. */
    @ParameterizedTest
    @EnumSource
    void pagesOfACorporateSignInWhoseLinkIsReplaced(Brand brand) {
        try (Tab tab = new Tab(brand)) {
            Predicate<String> asked = realm.corporate.issuer().concat("/protocol/saml")::equals;
            // An answer that a browser stays for on the page where it is
            tab.page.route(asked, route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
            tab.openFor(realm.app, brand.scope(), Map.of("kc_idp_hint", "relinking-" + brand.lender));
            tab.examine("asked-by-form", "saml-post-form");
            tab.page.unroute(asked);
            tab.page.evaluate("document.forms['saml-post-binding'].submit()");
            tab.signIn(people.get("corporate"), TestUser.PASSWORD);
            tab.examine("relink", "login-idp-link-confirm-override");
        }
    }

    /** The application is one that nothing is known of. */
    @ParameterizedTest
    @EnumSource(names = {"PLATFORM", "RIGHT_TO_LEFT"})
    void pagesThatShowAnAnswerToCopy(Brand brand) {
        try (Tab tab = new Tab(brand, brand.language)) {
            String answer = realm.realm.issuer() + "/protocol/openid-connect/oauth/oob?";
            tab.page.navigate(answer + "code=" + "0f8a4c1e-".repeat(12));
            tab.look("code");
            tab.page.locator("#kc-code-toggle").click();
            tab.look("code-whole", "code");
            tab.page.navigate(answer + "error=access_denied");
            tab.look("code-error", "code");
            assertThat(tab.shown()).isEqualTo("Lending");
        }
    }

    /** Keycloak has it from another place than all others, with less to show. */
    @ParameterizedTest
    @EnumSource(names = {"PLATFORM", "RIGHT_TO_LEFT"})
    void pageOfAnAddressThatIsNone(Brand brand) {
        try (Tab tab = new Tab(brand, brand.language)) {
            tab.page.navigate(realm.realm.issuer() + "/nowhere");
            tab.look("nowhere", "error");
            assertThat(tab.shown()).isEqualTo("Lending");
        }
    }

    /** Passkeys, and accounts that people have elsewhere. */
    @Test
    void pageThatOffersMoreWaysToSignIn() {
        List<String> elsewhere = List.of("google", "github", "microsoft", "linkedin-openid-connect");
        realm.realm.update(Map.of("webAuthnPolicyPasswordlessPasskeysEnabled", true));
        elsewhere.forEach(realm::socialLogin);
        try {
            for (Brand brand : Brand.values()) {
                try (Tab tab = new Tab(brand)) {
                    tab.open(realm.forms);
                    tab.page.waitForSelector("#authenticateWebAuthnButton");
                    assertThat(tab.page.locator("#kc-social-providers a").count())
                            .as(brand.name())
                            .isEqualTo(elsewhere.size());
                    tab.examine("more-ways", "login");
                }
            }
        } finally {
            elsewhere.forEach(realm::removeLogin);
            realm.realm.update(Map.of("webAuthnPolicyPasswordlessPasskeysEnabled", false));
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

    private TestUser person(Brand brand, String kind) {
        String key = kind + brand.lender;
        return people.get(key.isEmpty() ? "nobody" : key);
    }

    /** A page that a later Keycloak brings is noticed here. Alone, without the tests of pages, it has nothing to say. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyPageOfKeycloakIsOpenedOrHasItsReason() throws IOException {
        assumeFalse(opened.isEmpty(), "no page was opened");
        Set<String> expected = StockPages.names();
        NOT_OPENED
                .matcher(Files.readString(LISTED))
                .results()
                .map(row -> row.group(1))
                .forEach(name -> assertThat(expected.remove(name))
                        .as(name + ", which " + LISTED + " has a reason for, is a page")
                        .isTrue());
        assertThat(opened)
                .as("pages opened, and what %s has no reason for", LISTED)
                .isEqualTo(expected);
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
            return PagesIT.this.person(brand, kind);
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

        /** Asks for an action of somebody who is signed in. */
        void act(String action, String template) {
            open(realm.forms, Map.of("kc_action", action));
            // Keycloak's cookie is not enough for a scope that names an organization
            if (page.locator("#kc-attempted-username").isVisible()) {
                page.locator("#password").fill(TestUser.PASSWORD);
                submit();
            }
            if (action.equals("UPDATE_PASSWORD")) {
                show(Brand.NORTHBANK, template, DocsPicture.PASSWORD);
            }
            examine(action.replaceFirst(":.*", "").toLowerCase(Locale.ROOT), template);
        }

        void logOut(TestClient client) {
            logOut(client, "");
        }

        void logOut(TestClient client, String more) {
            page.navigate(realm.realm.issuer() + "/protocol/openid-connect/logout?client_id=" + client.clientId()
                    + "&ui_locales=" + brand.language + more);
            assertIs("logout-confirm");
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
            opened.add(template);
        }

        /** Whose page it says it is. */
        String shown() {
            return page.locator("#kc-header-wrapper").textContent().replace("\u2060", "");
        }

        /** Waits for the whole page. Keycloak says at its start which template it is of. */
        private void assertIs(String template) {
            PlaywrightAssertions.assertThat(page.locator("body"))
                    .hasAttribute(
                            "data-page-id",
                            "login-" + template,
                            new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));
            page.waitForLoadState(LoadState.DOMCONTENTLOADED);
        }

        @Override
        public void close() {
            screen.close();
        }
    }

    /** The id of somebody's password. */
    private static String password(TestUser user) {
        return user.realm()
                .admin()
                .get("/users/{id}/credentials", user.id())
                .then()
                .statusCode(200)
                .extract()
                .path("find { it.type == 'password' }.id");
    }

    static List<Map<String, Object>> twoApps() {
        return List.of(password(), app("Phone"), app("Old tablet"));
    }

    private static Map<String, Object> app(String label) {
        return Map.of(
                "type",
                "otp",
                "userLabel",
                label,
                "secretData",
                "{\"value\":\"" + OTP_SECRET + "\"}",
                "credentialData",
                "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
    }

    private static List<Map<String, Object>> ways() {
        return List.of(
                password(),
                app("Phone"),
                Map.of(
                        "type",
                        "recovery-authn-codes",
                        "userLabel",
                        "Recovery codes",
                        "secretData",
                        "{\"codes\":[{\"number\":1,\"encodedHashedValue\":\"AAEC\"}]}",
                        "credentialData",
                        "{\"algorithm\":\"RS512\",\"remaining\":1,\"total\":1}"));
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
