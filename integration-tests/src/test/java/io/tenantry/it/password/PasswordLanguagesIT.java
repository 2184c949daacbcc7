package io.tenantry.it.password;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that is wrong, at once, in the language of whoever is told. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordLanguagesIT {
    private static final String WEAK = "abc";
    private static final String SHORT = "too-short";
    private static final String GOOD = "Long-enough-for-all-1";

    private Lenders lenders;
    private TestOrg strict;
    private TestUser anna;

    /** What a realm and a lender who want 4 and 14 characters and a digit say. */
    enum Language {
        EN(
                "Invalid password: minimum length 4.",
                "strict asks for at least 14 characters.",
                "strict asks for at least one digit.",
                "What is asked of your password"),
        DE(
                "Ungültiges Passwort: ",
                "strict verlangt mindestens 14 Zeichen.",
                "strict verlangt mindestens eine Ziffer.",
                "Was Ihr Passwort erfüllen muss"),
        FR(
                "Mot de passe invalide",
                "strict demande au moins 14 caractères.",
                "strict demande au moins un chiffre.",
                "Ce que votre mot de passe doit respecter"),
        ES(
                "Contraseña incorrecta: longitud mínima 4.",
                "strict pide al menos 14 caracteres.",
                "strict pide al menos un dígito.",
                "Lo que debe cumplir su contraseña"),
        PT(
                "Palavra-passe inválida: deve",
                "strict pede pelo menos 14 caracteres.",
                "strict pede pelo menos um algarismo.",
                "O que a sua palavra-passe deve cumprir"),
        /** Not one of ours: stock speaks it, and falls back to English for what it does not know. */
        IT(
                "Password non valida",
                "strict asks for at least 14 characters.",
                "strict asks for at least one digit.",
                "What is asked of your password");

        private final String realms;
        private final String length;
        private final String digit;
        private final String title;

        Language(String realms, String length, String digit, String title) {
            this.realms = realms;
            this.length = length;
            this.digit = digit;
            this.title = title;
        }

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @BeforeAll
    void open(TestServer server) {
        lenders = new Lenders(
                server,
                Map.of(
                        "internationalizationEnabled",
                        true,
                        "supportedLocales",
                        List.of("en", "de", "fr", "es", "pt", "it"),
                        "defaultLocale",
                        "en",
                        "registrationAllowed",
                        true,
                        "loginTheme",
                        "tenantry"));
        strict = lenders.lender("strict", "length(14)", "digits(1)");
        anna = lenders.user(strict);
        assertThat(anna.resetPassword(GOOD).statusCode()).isEqualTo(204);
    }

    @AfterAll
    void close() {
        lenders.close();
    }

    @ParameterizedTest
    @EnumSource
    void loginPage(Language language) {
        TestUser user = lenders.user(Map.of());
        assertThat(user.resetPassword(SHORT).statusCode()).isEqualTo(204);
        strict.add(user);

        LoginAttempt attempt = lenders.app
                .open(new Browser(), "openid", Map.of("ui_locales", language.tag()))
                .credentials(user, SHORT);
        assertThat(attempt.page().text()).contains(language.length, language.digit, language.title);
        assertThat(tooWeak(attempt.page())).contains(language.realms, language.length, language.digit);
    }

    @ParameterizedTest
    @EnumSource
    void accountConsole(Language language) {
        LoginAttempt attempt = lenders.app
                .open(new Browser(), "openid", Map.of("kc_action", "UPDATE_PASSWORD", "ui_locales", language.tag()))
                .credentials(anna, GOOD);
        assertThat(tooWeak(attempt.page())).contains(language.realms, language.length, language.digit);
    }

    /** The language that a user has chosen counts for its pages, whatever the browser asks for. */
    @ParameterizedTest
    @EnumSource
    void languageOfTheUser(Language language) {
        TestUser user = lenders.user(Map.of("attributes", Map.of("locale", List.of(language.tag()))));
        assertThat(user.resetPassword(SHORT).statusCode()).isEqualTo(204);
        strict.add(user);
        LoginAttempt attempt = lenders.app.open(new Browser(), "openid").credentials(user, SHORT);
        assertThat(attempt.page().text()).contains(language.length, language.digit);
        assertThat(tooWeak(attempt.page())).contains(language.realms, language.length, language.digit);
    }

    @ParameterizedTest
    @EnumSource
    void registration(Language language) {
        Browser browser = new Browser();
        Page login = lenders.app
                .open(browser, "openid organization:strict", Map.of("ui_locales", language.tag()))
                .page();
        Page form = browser.open(URI.create(
                login.document().select("a[href*=registration]").first().absUrl("href")));
        assertThat(form.text()).contains(language.title, language.length, language.digit);
        String name = Lenders.name("new");
        assertThat(form.submit(Map.of(
                                "username",
                                name,
                                "email",
                                name + "@elsewhere.test",
                                "firstName",
                                "First",
                                "lastName",
                                "Last",
                                "password",
                                WEAK,
                                "password-confirm",
                                WEAK))
                        .text())
                .contains(language.realms, language.length, language.digit);
    }

    /** An admin is spoken to in its own language, with a token that tells it and with a lightweight one, which does not. */
    @ParameterizedTest
    @EnumSource
    void adminApi(Language language) {
        TestUser admin = lenders.userWith(GOOD, Map.of("attributes", Map.of("locale", List.of(language.tag()))));
        makeUserManager(admin);
        for (boolean lightweight : List.of(false, true)) {
            TestClient console = lenders.realm
                    .publicClient("console-" + language.tag() + lightweight)
                    .update(Map.of(
                            "fullScopeAllowed",
                            true,
                            "attributes",
                            new HashMap<>(Map.of(
                                    "client.use.lightweight.access.token.enabled", Boolean.toString(lightweight)))));
            String token = console.token(Map.of(
                            "grant_type",
                            "password",
                            "username",
                            admin.username(),
                            "password",
                            GOOD,
                            "scope",
                            "openid profile"))
                    .accessToken();

            assertThat(said(set(token, WEAK))).contains(language.realms, language.length, language.digit);
            assertThat(said(set(token, "long-enough-for-it"))).isEqualTo(language.digit);
            assertThat(given().auth()
                            .oauth2(token)
                            .contentType("application/json")
                            .body(Map.of("password", WEAK, "tenant", "strict"))
                            .post(adminApi() + "/tenantry/password-policy/check")
                            .jsonPath()
                            .getList("violations.message", String.class))
                    .contains(language.length, language.digit)
                    .anySatisfy(message -> assertThat(message).startsWith(language.realms));
        }
    }

    private Response set(String token, String password) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("type", "password", "value", password, "temporary", false))
                .put(adminApi() + "/users/" + anna.id() + "/reset-password");
    }

    private static String said(Response response) {
        assertThat(response.statusCode()).isEqualTo(400);
        return response.jsonPath().getString("error_description");
    }

    private String adminApi() {
        return lenders.realm.server().keycloak().baseUri() + "/admin/realms/" + lenders.realm.name();
    }

    private void makeUserManager(TestUser admin) {
        String client = lenders.realm
                .admin()
                .queryParam("clientId", "realm-management")
                .get("/clients")
                .jsonPath()
                .getString("[0].id");
        Map<String, Object> role = lenders.realm
                .admin()
                .get("/clients/{client}/roles/manage-users", client)
                .jsonPath()
                .getMap("");
        lenders.realm
                .admin()
                .body(List.of(role))
                .post("/users/{id}/role-mappings/clients/{client}", admin.id(), client)
                .then()
                .statusCode(204);
    }

    private static String tooWeak(Page page) {
        return page.submit(Map.of("password-new", WEAK, "password-confirm", WEAK))
                .text();
    }
}
