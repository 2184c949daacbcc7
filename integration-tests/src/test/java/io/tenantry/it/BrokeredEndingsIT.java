package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An OpenID provider, which is another realm here, ends its session, and tells the realm that trusts it. */
@WithServer
class BrokeredEndingsIT {
    private TestRealm realm;
    private TestRealm corporate;
    private PublishedRevocations published;
    private TestClient app;
    private TestUser employee;

    @BeforeEach
    void prepare(TestRealm fresh) {
        realm = fresh.update(Map.of("eventsEnabled", true));
        corporate = realm.server().createRealm();
        published = PublishedRevocations.of(realm);
        app = realm.publicClient("app");
        employee = corporate.user("employee");
    }

    @AfterEach
    void close() {
        if (corporate != null) {
            corporate.close();
        }
    }

    @Test
    void adminUrlOfAnotherKeycloakEndsTheSessionWithoutAnEvent() {
        TestProvider provider = provider("keycloak-oidc");
        provider.client().update(Map.of("adminUrl", provider.endpoint()));
        Tokens tokens = provider.signIn(app, "openid", employee).tokens();
        assertThat(published.stream()).isEmpty();

        employee.logout();

        assertEnded(tokens, "session-ended");
        assertThat(logouts()).isEmpty();
    }

    @Test
    void backChannelLogoutEndsOfflineSessionsWithoutAnEvent() {
        TestProvider provider = backChannel();
        Tokens tokens = provider.signIn(app, "openid offline_access", employee).tokens();
        assertThat(published.stream()).isEmpty();

        employee.logout();

        assertEnded(tokens, "session-ended");
        assertThat(logouts()).isEmpty();
    }

    @Test
    void backChannelLogoutThatAClientDoesNotHeedHasItsEvent() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        client.start();
        try {
            String url = "http://localhost:" + client.getAddress().getPort() + "/";
            app.update(Map.of("attributes", Map.of("backchannel.logout.url", url)));
            Tokens tokens = backChannel().signIn(app, "openid", employee).tokens();

            employee.logout();

            assertThat(asked).hasPositiveValue();
            assertEnded(tokens, "logout");
            assertThat(logouts()).containsExactly(sid(tokens));
        } finally {
            client.stop(0);
        }
    }

    @Test
    void backChannelLogoutThatCannotReachAClientIsUndoneAndRevokesNothing() {
        app.update(Map.of("frontchannelLogout", true));
        Tokens tokens = backChannel().signIn(app, "openid", employee).tokens();

        employee.logout();

        assertThat(realm.admin().get("/events?type=LOGOUT_ERROR").jsonPath().getList("error"))
                .containsExactly("logout_failed");
        assertThat(published.stream()).isEmpty();
        assertThat(app.refresh(tokens).status()).isEqualTo(200);
        realm.admin().delete("/sessions/{id}", sid(tokens)).then().statusCode(204);
        assertEnded(tokens, "session-deleted");
    }

    private TestProvider backChannel() {
        TestProvider provider = provider("oidc");
        provider.client()
                .update(Map.of(
                        "attributes",
                        Map.of(
                                "backchannel.logout.url",
                                realm.issuer() + "/protocol/openid-connect/logout/backchannel-logout",
                                "backchannel.logout.session.required",
                                "true",
                                "backchannel.logout.revoke.offline.tokens",
                                "true")));
        return provider;
    }

    private TestProvider provider(String type) {
        TestProvider provider = TestProvider.create(realm, "corporate", corporate, Map.of("providerId", type));
        provider.link(realm.user("alice"), employee);
        return provider;
    }

    private void assertEnded(Tokens tokens, String cause) {
        assertThat(published.selectors()).containsExactly(Selector.sid(sid(tokens)));
        assertThat(published.stream()).extracting(Revocation::cause).containsExactly(cause);
        assertThat(app.refresh(tokens).status()).isEqualTo(400);
    }

    private List<String> logouts() {
        return realm.admin().get("/events?type=LOGOUT").jsonPath().getList("sessionId");
    }

    private static String sid(Tokens tokens) {
        return String.valueOf(tokens.accessClaims().get("sid"));
    }
}
