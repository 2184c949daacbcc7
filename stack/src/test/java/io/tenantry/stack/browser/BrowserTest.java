package io.tenantry.stack.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private final Browser browser = new Browser();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/form", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "AUTH=one;Path=/;Secure;HttpOnly");
            answer(
                    exchange,
                    200,
                    "<form action='/search'><input name='q'></form>"
                            + "<form action='/login?tab=1' method='post'><input type='hidden' name='h' value='a&amp;b'>"
                            + "<input name='username'></form>");
        });
        server.createContext("/login", exchange -> {
            String seen = exchange.getRequestHeaders().getFirst("Cookie") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, 200, seen);
        });
        server.createContext("/away", exchange -> redirect(exchange, "http://app.example/callback?code=a%2Bb&state=s"));
        server.createContext("/inside", exchange -> redirect(exchange, "/form"));
        server.createContext("/loop", exchange -> redirect(exchange, "/loop"));
        server.createContext("/logout", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "AUTH=;Path=/;Max-Age=0");
            answer(exchange, 200, "");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRedirectInsideIsFollowed() {
        assertThat(browser.open(at("/inside")).uri().getPath()).isEqualTo("/form");
    }

    @Test
    void aRedirectToAnotherOriginEndsThereWithItsParametersDecoded() {
        Page page = browser.open(at("/away"));

        assertThat(page.uri()).hasHost("app.example");
        assertThat(page.parameter("code")).contains("a+b");
        assertThat(page.parameter("error")).isEmpty();
    }

    @Test
    void theFormThatHasTheFieldsIsSentWithItsHiddenOnesAndTheCookies() {
        Page page = browser.open(at("/form")).submit(Map.of("username", "maya@brokers.example"));

        assertThat(page.body()).isEqualTo("AUTH=one h=a%26b&username=maya%40brokers.example");
    }

    @Test
    void aFormThatIsNotThereIsReportedWithWhatThePageSays() {
        Page page = browser.open(at("/form"));

        assertThat(page.hasField("password")).isFalse();
        assertThatThrownBy(() -> page.submit(Map.of("password", "secret")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no form with the fields [password] on /form (200)")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aCookieThatTheServerDropsIsGone() {
        browser.open(at("/form"));
        assertThat(browser.cookies()).containsEntry("AUTH", "one");

        browser.open(at("/logout"));

        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void aLoopOfRedirectsEnds() {
        assertThatThrownBy(() -> browser.open(at("/loop"))).hasMessageContaining("more than 20 redirects");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        answer(exchange, 302, "");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
