package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.restassured.http.ContentType;
import io.tenantry.it.TestRealm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The phone on which a user agrees to a sign-in that has begun elsewhere (CIBA). */
final class Phone implements AutoCloseable {
    /** The server's option with the address at which it asks. */
    static final String OPTION = "spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri";

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

    /** Agrees to what the server has asked last. */
    void agree(TestRealm realm) throws InterruptedException {
        String authorization = authorizations.poll(30, TimeUnit.SECONDS);
        assertThat(authorization).as("the server has asked").isNotNull();
        given().header("Authorization", authorization)
                .contentType(ContentType.JSON)
                .body("{\"status\":\"SUCCEED\"}")
                .post(realm.issuer() + "/protocol/openid-connect/ext/ciba/auth/callback")
                .then()
                .statusCode(200);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
