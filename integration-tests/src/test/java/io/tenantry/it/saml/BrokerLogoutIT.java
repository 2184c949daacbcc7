package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import io.tenantry.it.TestServer;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** An identity provider ends sessions by a LogoutRequest. */
@WithServer
class BrokerLogoutIT {
    private static Brokering realm;
    private static HandIdp idp;

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(server);
        idp = realm.northbankIdp();
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void requestOfTheProviderEndsTheSessionAndRevokesItDownstream() {
        Login login = login();
        assertAlive(login);

        Page page = send(idp, request(idp, person, login.index()));

        assertThat(page.status()).isLessThan(400);
        assertEnded(login);
        assertThat(realm.lastEvent("LOGOUT")).containsEntry("identity_provider", idp.alias());
    }

    @Test
    void requestWithoutSessionIndexEndsAllSessionsOfThatPerson() {
        Login first = login();
        Login second = login();
        String other = Brokering.person();
        Tokens others = realm.signIn(idp, other);

        send(idp, request(idp, person, null));

        assertEnded(first);
        assertEnded(second);
        assertThat(realm.app().refresh(others).status()).isEqualTo(200);
        assertThat(realm.revoked(sid(others))).isFalse();
    }

    @Test
    void requestOfAnotherLendersProviderEndsNothing() {
        Login login = login();
        HandIdp harbor = realm.harborIdp();

        send(harbor, request(harbor, person, login.index()));
        send(harbor, request(harbor, person, null));
        Document impostor = request(idp, person, login.index(), harbor.key());
        assertThat(send(idp, impostor).status()).isGreaterThanOrEqualTo(400);

        assertAlive(login);
    }

    @Test
    void requestThatNobodySignedEndsNothing() {
        Login login = login();

        assertThat(send(idp, request(idp, person, login.index(), null)).status())
                .isGreaterThanOrEqualTo(400);

        assertAlive(login);
    }

    private record Login(Tokens tokens, String index) {}

    private Login login() {
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        return new Login(asked.tokens(asked.send(answer)), answer.assertionId);
    }

    private static Selector sid(Tokens tokens) {
        return Selector.sid((String) tokens.accessClaims().get("sid"));
    }

    private static void assertAlive(Login login) {
        assertThat(realm.app().userinfo(login.tokens().accessToken()).statusCode())
                .isEqualTo(200);
        assertThat(realm.revoked(sid(login.tokens()))).isFalse();
    }

    private static void assertEnded(Login login) {
        assertThat(realm.app().userinfo(login.tokens().accessToken()).statusCode())
                .isEqualTo(401);
        assertThat(realm.app().refresh(login.tokens()).error()).isEqualTo("invalid_grant");
        assertThat(realm.revoked(sid(login.tokens()))).isTrue();
        List<Map<String, Object>> logouts = realm.get("/events?type=LOGOUT&max=100");
        assertThat(logouts)
                .extracting(event -> event.get("sessionId"))
                .contains(login.tokens().accessClaims().get("sid"));
    }

    private static Page send(HandIdp to, Document request) {
        return new Browser()
                .post(
                        URI.create(realm.endpoint(to.alias())),
                        "SAMLRequest=" + URLEncoder.encode(HandBuilt.encode(request), StandardCharsets.UTF_8));
    }

    private static Document request(HandIdp from, String person, @Nullable String index) {
        return request(from, person, index, from.key());
    }

    private static Document request(HandIdp from, String person, @Nullable String index, @Nullable SigningKey key) {
        String session = index == null ? "" : "<samlp:SessionIndex>" + index + "</samlp:SessionIndex>";
        Document request = Xml.parse("<samlp:LogoutRequest xmlns:samlp='" + Xml.PROTOCOL + "' xmlns:saml='"
                + Xml.ASSERTION + "' ID='_" + UUID.randomUUID() + "' Version='2.0' IssueInstant='" + Instant.now()
                + "' Destination='" + realm.endpoint(from.alias()) + "'><saml:Issuer>" + from.entityId()
                + "</saml:Issuer><saml:NameID Format='" + HandBuilt.PERSISTENT + "'>" + person + "</saml:NameID>"
                + session + "</samlp:LogoutRequest>");
        if (key != null) {
            key.sign(request.getDocumentElement());
        }
        return request;
    }
}
