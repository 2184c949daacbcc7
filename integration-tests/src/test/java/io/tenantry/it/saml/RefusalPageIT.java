package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refused person reads: in its language, and nothing that the lender's name could smuggle in. */
@WithServer
class RefusalPageIT {
    private static Brokering realm;
    private static HandIdp idp;

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(
                server,
                Map.of(
                        "internationalizationEnabled",
                        true,
                        "supportedLocales",
                        List.of("en", "de", "fr", "es", "pt"),
                        "defaultLocale",
                        "en"));
        idp = realm.northbankIdp();
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @AfterEach
    void defaults() {
        realm.rules(idp, Map.of());
        realm.northbank().update(Map.of("name", "northbank"));
        realm.realm().update(Map.of("loginTheme", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|Please ask the administrator of northbank, and give this reference:",
                "de|Bitte wenden Sie sich an die Administration von northbank und nennen Sie diese Kennung:",
                "fr|Adressez-vous à l'administrateur de northbank en indiquant cette référence :",
                "es|Póngase en contacto con el administrador de northbank e indique esta referencia:",
                "pt|Contacte o administrador de northbank e indique esta referência:",
            })
    void speaksThePersonsLanguage(String language, String sentence) {
        Page page = refusal(language);
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains(sentence + ' ' + reference());
    }

    @Test
    void namesTheContactWhereThereIsOne() {
        realm.rules(idp, Map.of("contact", "the help desk, help@northbank.example"));
        assertThat(refusal("en").text())
                .contains("Please ask the help desk, help@northbank.example at northbank, and give this reference: "
                        + reference());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"https://evil.example/\">north</a>",
                "<A HREF=https://evil.example/ target=_blank>north",
                "&lt;a href=&quot;https://evil.example/&quot;&gt;north&lt;/a&gt;",
                "&amp;lt;a href=https://evil.example/&amp;gt;north",
                "&#60;img src=https://evil.example/x.png&#62;",
                "&#x3c;a href=https://evil.example/&#x3e;north",
                "&lta href=https://evil.example/&gtnorth",
                "</p><script src=https://evil.example/></script><!--",
                "${client.baseUrl} {2} Smith & Sons <AT&T>",
            })
    void aLendersNameIsTextWhateverItHolds(String name) {
        realm.northbank().update(Map.of("name", name));
        for (String theme : List.of("keycloak.v2", "tenantry")) {
            realm.realm().update(Map.of("loginTheme", theme));
            Page page = refusal("en");
            assertHarmless(page, name);
        }
    }

    @Test
    void aContactIsTextWhateverItHolds() {
        String contact = "<a href=\"https://evil.example/\">help</a> &lt;img src=https://evil.example/x&gt;";
        realm.rules(idp, Map.of("contact", contact));
        assertHarmless(refusal("en"), contact);
    }

    @Test
    void aProvidersNameIsTextWhateverItHolds() {
        String name = "<a href=\"https://evil.example/\">north</a>";
        HandIdp free = realm.idp("free-" + person, realm.northbank(), SigningKey.fresh());
        realm.provider(free.alias(), Map.of("displayName", name), Map.of());
        realm.northbank().unlinkProvider(free.alias());
        Asked asked = realm.ask(free);
        assertHarmless(asked.send(asked.answer(person)), name);
    }

    private static void assertHarmless(Page page, String name) {
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text().replace("\u2060", "")).contains(name).contains(reference());
        assertThat(page.document().select("[href*=evil], [src*=evil], [action*=evil]"))
                .extracting(Element::outerHtml)
                .isEmpty();
    }

    private static String reference() {
        return realm.lastRefusal().get("reference");
    }

    private Page refusal(String language) {
        Browser browser = new Browser();
        LoginAttempt attempt = realm.app()
                .open(browser, "openid organization", Map.of("kc_idp_hint", idp.alias(), "ui_locales", language));
        Asked asked = realm.asked(browser, idp, attempt);
        return asked.send(asked.answer(person).attribute("email", person + "@harbor.example"));
    }
}
