package io.tenantry.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys over real HTTP. */
class TokenKeysTest {
    private HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile int status = 200;
    private volatile String redirect = "";
    private volatile String body = TestRealm.published().toString();
    private TenantTokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/certs", exchange -> {
            fetches.incrementAndGet();
            answer(exchange);
        });
        server.start();
        verifier = TenantTokenVerifier.of(
                VerifierSettings.forIssuer(TestRealm.ISSUER)
                        .audience("lending-api")
                        .keys(KeySettings.at(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/certs")))
                        .build(),
                RevocationCheck.waived(),
                TestRealm.CLOCK);
    }

    @AfterEach
    void stop() {
        verifier.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (!redirect.isEmpty()) {
            exchange.getResponseHeaders().set("Location", redirect);
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static String forged(String keyId) {
        return TestRealm.sign(
                JWSAlgorithm.RS256, keyId, TestRealm.STRANGER, JSONObjectUtils.toJSONString(TestRealm.claims()));
    }

    private Rejection rejection(String token) {
        return ((Verification.Rejected) verifier.verify(token)).reason();
    }

    @Test
    void keysAreFetchedOnceForManyTokens() {
        for (int i = 0; i < 50; i++) {
            assertThat(verifier.verify(TestRealm.sign(TestRealm.claims()))).isInstanceOf(Verification.Accepted.class);
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void inventedKeyIdsCannotMakeItFetchWithoutEnd() {
        assertThat(verifier.verify(TestRealm.sign(TestRealm.claims()))).isInstanceOf(Verification.Accepted.class);
        for (int i = 0; i < 100; i++) {
            assertThat(rejection(forged("invented-" + i))).isEqualTo(Rejection.SIGNATURE);
        }
        assertThat(fetches.get()).isLessThanOrEqualTo(3);
        assertThat(verifier.verify(TestRealm.sign(TestRealm.claims()))).isInstanceOf(Verification.Accepted.class);
    }

    @Test
    void anOutageIsNotTheTokensFault() {
        status = 503;
        assertThat(rejection(TestRealm.sign(TestRealm.claims()))).isEqualTo(Rejection.KEYS_UNAVAILABLE);
        status = 200;
        for (String unusable : List.of("x".repeat(300_000), "[]")) {
            body = unusable;
            int before = fetches.get();
            await(() -> {
                assertThat(rejection(TestRealm.sign(TestRealm.claims()))).isEqualTo(Rejection.KEYS_UNAVAILABLE);
                return fetches.get() > before;
            });
        }
        body = TestRealm.published().toString();
        await(() -> verifier.verify(TestRealm.sign(TestRealm.claims())) instanceof Verification.Accepted);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void keysAreFetchedFromNoOtherAddressThanTheOneThatIsSet() throws IOException {
        AtomicInteger elsewhere = new AtomicInteger();
        HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        other.createContext("/", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange);
        });
        other.start();
        try {
            redirect = "http://127.0.0.2:" + other.getAddress().getPort() + "/certs";
            for (int redirecting : new int[] {302, 308}) {
                status = redirecting;
                int before = fetches.get();
                await(() -> {
                    assertThat(rejection(TestRealm.sign(TestRealm.claims()))).isEqualTo(Rejection.KEYS_UNAVAILABLE);
                    return fetches.get() > before;
                });
            }
            assertThat(elsewhere).hasValue(0);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void knownKeysSurviveAnOutage() {
        assertThat(verifier.verify(TestRealm.sign(TestRealm.claims()))).isInstanceOf(Verification.Accepted.class);
        server.stop(0);
        assertThat(rejection(forged("invented"))).isEqualTo(Rejection.SIGNATURE);
        assertThat(verifier.verify(TestRealm.sign(TestRealm.claims()))).isInstanceOf(Verification.Accepted.class);
    }

    @Test
    void aRotatedKeyIsFoundAtItsFirstToken() {
        body = new JWKSet(TestRealm.EC.toPublicJWK()).toString();
        assertThat(verifier.verify(TestRealm.signEc(TestRealm.claims()))).isInstanceOf(Verification.Accepted.class);
        body = TestRealm.published().toString();
        assertThat(verifier.verify(TestRealm.sign(TestRealm.claims()))).isInstanceOf(Verification.Accepted.class);
    }
}
