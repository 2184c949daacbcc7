package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** CIBA: the user agrees on a phone, which the test plays. */
@ProcessesOnly
class BackchannelIT {
    @Test
    void aBackchannelSignInIsForTheTenantThatItsScopeNames() throws Exception {
        try (Phone phone = new Phone();
                TestServer server = new TestServer(new StackSettings()
                        .option(
                                "spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri",
                                phone.uri())
                        .start());
                TestRealm realm = server.createRealm()) {
            Lenders lenders = Lenders.in(realm);
            realm.org("summit");
            TestClient app = ciba(lenders.strictClient("app"));

            Tokens tokens = agreed(app, phone, lenders.alice(), "openid organization:harbor");
            assertThat(tokens.accessClaims())
                    .containsEntry("tenant_id", "harbor")
                    .containsEntry("tenant_roles", List.of("analyst", "underwriter"));
            assertThat(app.refresh(tokens).accessClaims()).containsEntry("tenant_id", "harbor");

            Tokens unnamed = agreed(app, phone, lenders.alice(), "openid");
            assertThat(unnamed.error()).isEqualTo("invalid_scope");
            assertThat(unnamed.errorDescription()).contains("organization:<tenant>");

            for (String tenant : List.of("summit", "nowhere")) {
                Response refused = started(app, lenders.alice(), "openid organization:" + tenant);
                assertThat(refused.statusCode()).as(tenant).isEqualTo(400);
                assertThat(refused.jsonPath().getString("error")).as(tenant).isEqualTo("invalid_scope");
            }
        }
    }

    private static TestClient ciba(TestClient client) {
        return client.update(Map.of(
                "attributes",
                Map.of("oidc.ciba.grant.enabled", "true", "ciba.backchannel.token.delivery.mode", "poll")));
    }

    private static Response started(TestClient app, TestUser user, String scope) {
        return app.post("ext/ciba/auth", Map.of("login_hint", user.username(), "scope", scope));
    }

    private static Tokens agreed(TestClient app, Phone phone, TestUser user, String scope) throws InterruptedException {
        Response started = started(app, user, scope);
        started.then().statusCode(200);
        given().header("Authorization", phone.asked())
                .contentType(ContentType.JSON)
                .body(Map.of("status", "SUCCEED"))
                .post(app.realm().issuer() + "/protocol/openid-connect/ext/ciba/auth/callback")
                .then()
                .statusCode(200);
        return app.token(
                Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", started.path("auth_req_id")));
    }

    /** Where Keycloak asks for the user's consent. */
    private static final class Phone implements AutoCloseable {
        private final BlockingQueue<String> authorizations = new LinkedBlockingQueue<>();
        private final HttpServer http;

        Phone() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", exchange -> {
                authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(201, -1);
                exchange.close();
            });
            http.start();
        }

        String uri() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
        }

        String asked() throws InterruptedException {
            String authorization = authorizations.poll(30, TimeUnit.SECONDS);
            assertThat(authorization).isNotNull();
            return authorization;
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
