package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Answers that come over the redirect binding, signed in the query, and over the artifact binding, fetched by the server. */
@WithServer
class BindingsIT {
    private static Brokering realm;
    private static HandIdp idp;
    private static HttpServer resolver;
    private static volatile String fetched = "";

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) throws IOException {
        realm = Brokering.on(server);
        idp = realm.northbankIdp();
        resolver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        resolver.createContext("/artifact", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = fetched.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        resolver.start();
        realm.provider(
                idp.alias(),
                Map.of(),
                Map.of(
                        "artifactResolutionServiceUrl",
                        "http://127.0.0.1:" + resolver.getAddress().getPort() + "/artifact"));
    }

    @AfterAll
    static void stop() {
        realm.close();
        resolver.stop(0);
    }

    @AfterEach
    void defaults() {
        realm.rules(idp, Map.of());
    }

    @Test
    void redirectedAnswerWithASignedAssertionLetsIn() {
        realm.rules(
                idp,
                Map.of(
                        "response.signed",
                        "true",
                        "signature.thumbprints",
                        idp.key().thumbprint()));
        Asked asked = realm.ask(idp);
        assertThat(asked.tokens(redirect(asked, asked.answer(person), idp.key()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void redirectedAnswerWithoutASignedAssertionIsRefusedByDefault() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HostileSamlIT.assertRefusal(realm, "assertion-signature", redirect(asked, unsigned(asked), idp.key()), before);
    }

    @Test
    void signatureInTheQueryIsEnoughWhereSettingsSay() {
        realm.rules(
                idp,
                Map.of(
                        "assertion.signed",
                        "false",
                        "response.signed",
                        "true",
                        "signature.thumbprints",
                        idp.key().thumbprint()));
        Asked asked = realm.ask(idp);
        assertThat(asked.tokens(redirect(asked, unsigned(asked), idp.key())).status())
                .isEqualTo(200);
    }

    @Test
    void signatureInTheQueryOfACertificateThatIsNotPinned() {
        realm.rules(
                idp,
                Map.of(
                        "assertion.signed",
                        "false",
                        "response.signed",
                        "true",
                        "signature.thumbprints",
                        SigningKey.fresh().thumbprint()));
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HostileSamlIT.assertRefusal(realm, "response-signature", redirect(asked, unsigned(asked), idp.key()), before);
    }

    @Test
    void querySignedByAnother() {
        realm.rules(idp, Map.of("assertion.signed", "false"));
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HostileSamlIT.assertNobodyCameIn(
                realm, redirect(asked, unsigned(asked), realm.harborIdp().key()), before);
    }

    @Test
    void queryThatNobodySigned() {
        realm.rules(idp, Map.of("assertion.signed", "false"));
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HostileSamlIT.assertNobodyCameIn(realm, redirect(asked, unsigned(asked), null), before);
    }

    @Test
    void forgedAnswerBesideTheSignedOne() {
        realm.rules(idp, Map.of("assertion.signed", "false", "response.signed", "true"));
        Asked asked = realm.ask(idp);
        String victim = Brokering.person();
        HandBuilt forged = asked.answer(victim);
        forged.assertionKey = null;
        String query = query(asked, unsigned(asked), idp.key());
        String addition = "SAMLResponse=" + encode(HandBuilt.deflated(forged.document()));
        Written before = Written.in(realm);

        Page first = asked.browser().open(URI.create(realm.endpoint(idp.alias()) + '?' + addition + '&' + query));

        HostileSamlIT.assertNobodyCameIn(realm, first, before);
        asked.browser().open(URI.create(realm.endpoint(idp.alias()) + '?' + query + '&' + addition));
        assertThat(realm.hasAccount(victim)).isFalse();
    }

    @Test
    void fetchedAnswerIsRefusedWithAnErrorThatSaysWhatToDo() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HostileSamlIT.assertRefusal(realm, "binding", artifact(asked, asked.answer(person), ""), before);
        assertThat(realm.realm().server().keycloak().log())
                .contains("Identity provider " + idp.alias() + " answered over the artifact binding")
                .contains("have it answer over HTTP-POST");
    }

    @Test
    void fetchedAnswerIsRefusedWhereTheResponseMustBeSignedOrPinned() {
        for (Map.Entry<String, String> asking : Map.of(
                        "response.signed",
                        "true",
                        "signature.thumbprints",
                        idp.key().thumbprint())
                .entrySet()) {
            realm.rules(idp, Map.of("assertion.signed", "false", asking.getKey(), asking.getValue()));
            Written before = Written.in(realm);
            Asked asked = realm.ask(idp);
            HostileSamlIT.assertRefusal(realm, "binding", artifact(asked, asked.answer(person), ""), before);
        }
    }

    @Test
    void signedAnswerBesideAnArtifactProvesNothing() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HandBuilt signed = asked.answer(person);
        HandBuilt forged = asked.answer(Brokering.person());
        forged.assertionId = signed.assertionId;
        String beside = "&SAMLResponse=" + encode(signed.encoded());
        HostileSamlIT.assertRefusal(realm, "binding", artifact(asked, forged, beside), before);
    }

    @Test
    void fetchedAnswerLetsInWhereNoSignatureIsAskedForUnderTheOtherRules() {
        realm.rules(idp, Map.of("assertion.signed", "false"));
        Asked asked = realm.ask(idp);
        assertThat(asked.tokens(artifact(asked, asked.answer(person), "")).status())
                .isEqualTo(200);
        Written before = Written.in(realm);
        Asked again = realm.ask(idp);
        HostileSamlIT.assertRefusal(
                realm,
                "email-domain",
                artifact(again, again.answer(person).attribute("email", person + "@harbor.example"), ""),
                before);
    }

    private HandBuilt unsigned(Asked asked) {
        HandBuilt answer = asked.answer(person);
        answer.assertionKey = null;
        return answer;
    }

    private static Page redirect(Asked asked, HandBuilt answer, @Nullable SigningKey key) {
        return asked.browser().open(URI.create(realm.endpoint(idp.alias()) + '?' + query(asked, answer, key)));
    }

    private static String query(Asked asked, HandBuilt answer, @Nullable SigningKey key) {
        String query = "SAMLResponse=" + encode(HandBuilt.deflated(answer.document())) + "&RelayState="
                + encode(asked.relayState());
        if (key == null) {
            return query;
        }
        String signed = query + "&SigAlg=" + encode("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        return signed + "&Signature=" + encode(key.signature(signed));
    }

    /** Presents an artifact, for which the server gets this answer in a signed ArtifactResponse. */
    private static Page artifact(Asked asked, HandBuilt answer, String more) {
        Document response = Xml.parse("<samlp:ArtifactResponse xmlns:samlp='" + Xml.PROTOCOL + "' xmlns:saml='"
                + Xml.ASSERTION + "' ID='_" + UUID.randomUUID() + "' Version='2.0' IssueInstant='" + Instant.now()
                + "'><saml:Issuer>" + idp.entityId() + "</saml:Issuer><samlp:Status><samlp:StatusCode"
                + " Value='urn:oasis:names:tc:SAML:2.0:status:Success'/></samlp:Status>"
                + Xml.text(answer.document()) + "</samlp:ArtifactResponse>");
        idp.key().sign(response.getDocumentElement());
        fetched = "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'><soap:Body>"
                + Xml.text(response) + "</soap:Body></soap:Envelope>";
        return asked.browser()
                .post(
                        URI.create(realm.endpoint(idp.alias())),
                        "SAMLart=an-artifact&RelayState=" + encode(asked.relayState()) + more);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
