package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A refresh reads that all is well, is held up in the server, and issues its token after what it read has ended. The
 * server has one more provider, which waits where a token is about to get its {@code iat}, the state it is issued from
 * having been read.
 */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelayedRequestsIT {
    private static final String ATTRIBUTE = "test.delay";

    private static final String PROVIDER = """
            import org.keycloak.models.ClientModel;
            import org.keycloak.models.KeycloakSession;
            import org.keycloak.protocol.oidc.encode.AccessTokenContext;
            import org.keycloak.protocol.oidc.encode.DefaultTokenContextEncoderProvider;
            import org.keycloak.protocol.oidc.encode.DefaultTokenContextEncoderProviderFactory;
            import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;

            public class DelayedTokens extends DefaultTokenContextEncoderProviderFactory {
                @Override
                public TokenContextEncoderProvider create(KeycloakSession session) {
                    return new DefaultTokenContextEncoderProvider(session, this) {
                        @Override
                        public String encodeTokenId(AccessTokenContext context) {
                            ClientModel client = session.getContext().getClient();
                            String delay = client == null ? null : client.getAttribute("test.delay");
                            if (delay != null) {
                                try {
                                    Thread.sleep(Long.parseLong(delay));
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                            return super.encodeTokenId(context);
                        }
                    };
                }

                @Override
                public int order() {
                    return super.order() + 1;
                }
            }
            """;

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private TestServer server;
    private TestRealm realm;
    private TestClient app;
    private TestUser alice;
    private TestOrg northbank;
    private PublishedRevocations published;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        server = new TestServer(new StackSettings()
                .option("spi-events-listener--redis-revocations--publish-timeout", "10000")
                .provider(TestProviderJar.of(
                        directory,
                        "org.keycloak.protocol.oidc.encode.TokenContextEncoderProviderFactory",
                        "DelayedTokens",
                        PROVIDER))
                .start());
    }

    @AfterAll
    void stop() {
        other.shutdownNow();
        server.close();
    }

    @BeforeEach
    void prepare() {
        realm = server.createRealm();
        published = PublishedRevocations.of(realm);
        alice = realm.user("alice");
        northbank = realm.org("northbank").add(alice);
        app = realm.publicClient("app").mapper("tenant-claims-mapper", Map.of("access.token.claim", "true"));
    }

    @AfterEach
    void finish() {
        realm.close();
    }

    @Test
    void tokenOfARefreshThatALogoutOvertakesIsRefused() throws Exception {
        Tokens tokens = signedIn(1_200);
        Future<Tokens> refresh = refreshing(tokens);
        alice.logout();
        assertCovered(refresh.get(), Selector.sub(alice.id()));
    }

    @Test
    void tokenOfARefreshThatTheUsersDisablingOvertakesIsRefused() throws Exception {
        Tokens tokens = signedIn(1_200);
        Future<Tokens> refresh = refreshing(tokens);
        alice.update(Map.of("enabled", false));
        assertCovered(refresh.get(), Selector.sub(alice.id()));
    }

    @Test
    void refreshThatTheLossOfTheMembershipOvertakesIssuesNothing() throws Exception {
        Tokens tokens = signedIn(1_200);
        Future<Tokens> refresh = refreshing(tokens);
        northbank.remove(alice);
        assertThat(published.cutoff(Selector.member("northbank", alice.id()))).isPresent();
        // The membership is asked for once more as the claims are made
        assertThat(refresh.get().status()).isEqualTo(400);
    }

    @Test
    void tokenOfARefreshThatTheLossOfARoleOvertakesIsRefused() throws Exception {
        TestOrgGroup officers = northbank.group("officers").realmRole("officer").add(alice);
        Tokens tokens = signedIn(1_200);
        Future<Tokens> refresh = refreshing(tokens);
        officers.remove(alice);
        assertCovered(refresh.get(), Selector.member("northbank", alice.id()));
    }

    @Test
    void refreshThatIsHeldUpBeyondTheMarginIssuesNothing() throws Exception {
        Tokens tokens = signedIn(5_000);
        Future<Tokens> refresh = refreshing(tokens);
        alice.update(Map.of("enabled", false));
        Tokens answer = refresh.get();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_grant");
    }

    @Test
    void slowRefreshThatNothingOvertakesIsAnswered() throws Exception {
        TestUser bob = realm.user("bob");
        Tokens tokens = signedIn(5_000);
        Future<Tokens> refresh = refreshing(tokens);
        bob.update(Map.of("enabled", false));
        assertThat(refresh.get().status()).isEqualTo(200);
    }

    @Test
    void newSignInIsTrustedAtTheLatestWhenTheMarginHasPassed() throws Exception {
        app.password(alice, "openid organization:northbank");
        alice.logout();
        Instant cutoff = published.cutoff(Selector.sub(alice.id())).orElseThrow();
        while (!Instant.now().isAfter(cutoff.plusSeconds(1))) {
            Thread.sleep(100);
        }
        assertThat(issuedAt(app.password(alice, "openid organization:northbank")))
                .isAfter(cutoff);
    }

    /** With tokens; what the client is issued from here on is delayed. */
    private Tokens signedIn(long delayMillis) {
        Tokens tokens = app.password(alice, "openid organization:northbank");
        app.update(Map.of(
                "attributes", Map.of("pkce.code.challenge.method", "S256", ATTRIBUTE, Long.toString(delayMillis))));
        return tokens;
    }

    /** Under way, and past what it reads. */
    private Future<Tokens> refreshing(Tokens tokens) throws InterruptedException {
        Future<Tokens> refresh = other.submit(() -> app.refresh(tokens));
        Thread.sleep(700);
        assertThat(refresh.isDone()).as("the refresh is held up").isFalse();
        return refresh;
    }

    /** Or issued nothing, where the request was slow in other ways too and looked whether it was overtaken. */
    private void assertCovered(Tokens answer, Selector selector) throws ExecutionException {
        if (answer.status() != 200) {
            assertThat(answer.error()).isEqualTo("invalid_grant");
            return;
        }
        assertThat(published.cutoff(selector))
                .hasValueSatisfying(cutoff -> assertThat(cutoff).isAfterOrEqualTo(issuedAt(answer)));
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }
}
