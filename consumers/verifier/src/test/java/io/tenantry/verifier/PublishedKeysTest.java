package io.tenantry.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import io.tenantry.verifier.KeyLookup.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublishedKeysTest {
    private static final KeySettings SETTINGS = KeySettings.at(URI.create("https://id.example/certs"));
    private static final JWKMatcher KNOWN = named("rsa-1");
    private static final JWKMatcher ROTATED = named("ec-1");

    private final AtomicLong passed = new AtomicLong();
    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService pool = Executors.newFixedThreadPool(8);
    private volatile JWKSet published = new JWKSet(TestRealm.RSA.toPublicJWK());
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean down;
    private volatile RuntimeException flaw;
    private final PublishedKeys keys = new PublishedKeys(SETTINGS, this::fetch, () -> System.nanoTime() + passed.get());

    private JWKSet fetch() throws IOException {
        fetches.incrementAndGet();
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (flaw != null) {
            throw flaw;
        }
        if (down) {
            throw new IOException("down");
        }
        return published;
    }

    @AfterEach
    void stop() {
        keys.close();
        pool.shutdownNow();
    }

    private static JWKMatcher named(String keyId) {
        return new JWKMatcher.Builder().keyID(keyId).build();
    }

    private void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    private void awaitFetches(int count) {
        while (fetches.get() < count) {
            Thread.onSpinWait();
        }
    }

    private Callable<List<JWK>> finding(JWKMatcher matcher) {
        return () -> keys.matching(matcher);
    }

    private static boolean isUnavailable(Future<?> asked) throws InterruptedException {
        try {
            asked.get();
            return false;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(UnavailableException.class);
            return true;
        }
    }

    @Test
    void allWhoComeFirstWaitForOneFetch() throws Exception {
        held = new CountDownLatch(1);
        List<Future<List<JWK>>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(pool.submit(finding(KNOWN)));
        }
        awaitFetches(1);
        held.countDown();
        for (Future<List<JWK>> each : asked) {
            assertThat(each.get()).hasSize(1);
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void goodTokensDoNotWaitBehindAFloodOfUnknownKeyIds() throws Exception {
        assertThat(keys.matching(KNOWN)).hasSize(1);
        held = new CountDownLatch(1);
        List<Future<List<JWK>>> flood = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            flood.add(pool.submit(finding(named("invented-" + i))));
        }
        awaitFetches(2);
        // Behind all of the flood in the pool's queue, and there before the fetch has ended
        assertThat(pool.submit(finding(KNOWN)).get()).hasSize(1);
        assertThat(fetches).hasValue(2);
        // The pool's threads take them in order, but need not be through with those before
        while (flood.stream().filter(Future::isDone).count() < 999) {
            Thread.onSpinWait();
        }
        held.countDown();
        int unavailable = 0;
        for (Future<List<JWK>> each : flood) {
            unavailable += isUnavailable(each) ? 1 : 0;
        }
        assertThat(unavailable).as("all but the one that waited").isEqualTo(999);
        assertThat(keys.matching(named("invented"))).isEmpty();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aRotationDuringAFloodIsNoticedAfterTheShortestInterval() throws Exception {
        assertThat(keys.matching(KNOWN)).hasSize(1);
        assertThat(keys.matching(named("invented"))).isEmpty();
        published = TestRealm.published();
        assertThat(keys.matching(named("invented"))).isEmpty();
        assertThat(keys.matching(ROTATED)).isEmpty();
        assertThat(fetches).as("the last fetch has just ended").hasValue(2);
        pass(SETTINGS.minRefreshInterval());
        assertThat(keys.matching(named("invented"))).isEmpty();
        assertThat(keys.matching(ROTATED)).hasSize(1);
        assertThat(fetches).hasValue(3);
    }

    @Test
    void keysServeThroughAnOutageForAsLongAsSetAndAreUnavailableAfter() throws Exception {
        assertThat(keys.matching(KNOWN)).hasSize(1);
        down = true;
        pass(SETTINGS.timeToLive().plus(SETTINGS.outageTolerance()).minusSeconds(5));
        assertThat(keys.matching(KNOWN)).hasSize(1);
        assertThat(keys.matching(named("invented"))).isEmpty();
        pass(Duration.ofSeconds(6));
        for (JWKMatcher any : List.of(KNOWN, named("invented"))) {
            assertThatThrownBy(() -> keys.matching(any)).isInstanceOf(UnavailableException.class);
        }
        down = false;
        pass(Duration.ofSeconds(2));
        assertThat(keys.matching(KNOWN)).hasSize(1);
    }

    @Test
    void anErrorWhileFetchingIsNotTheEndOfIt() throws Exception {
        flaw = new IllegalStateException("a flaw");
        assertThatThrownBy(() -> keys.matching(KNOWN)).isInstanceOf(UnavailableException.class);
        flaw = null;
        pass(Duration.ofSeconds(2));
        assertThat(keys.matching(KNOWN)).hasSize(1);
    }

    @Test
    void closingLetsGoWhoWaits() throws Exception {
        held = new CountDownLatch(1);
        Future<List<JWK>> asked = pool.submit(finding(KNOWN));
        awaitFetches(1);
        keys.close();
        assertThat(isUnavailable(asked)).isTrue();
        assertThatThrownBy(() -> keys.matching(KNOWN)).isInstanceOf(UnavailableException.class);
    }
}
