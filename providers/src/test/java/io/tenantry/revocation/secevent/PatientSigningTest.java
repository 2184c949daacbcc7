package io.tenantry.revocation.secevent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientSigningTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_700_000_000));
    private final PatientSigning signing = new PatientSigning(PATIENCE, clock);
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        signing.close();
    }

    @Test
    void allIsSignedInOrder() {
        PatientSigning.Signed signed = signing.sign("lending", List.of(() -> "a", () -> "b"));
        assertThat(signed.tokens()).containsExactly("a", "b");
        assertThat(signed.failure()).isNull();
    }

    @Test
    void whatWasSignedBeforeAFailureCounts() {
        IllegalStateException broken = new IllegalStateException("the key store is locked");
        PatientSigning.Signed signed = signing.sign(
                "lending",
                List.of(
                        () -> "a",
                        () -> {
                            throw broken;
                        },
                        () -> "c"));
        assertThat(signed.tokens()).containsExactly("a");
        assertThat(signed.failure()).isSameAs(broken);
    }

    @Test
    void aKeyStoreThatHangsCostsOneRequestItsPatienceAndTheNextNothing() {
        long start = System.nanoTime();
        PatientSigning.Signed signed = signing.sign("lending", List.of(() -> "a", this::hang));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE, PATIENCE.plusSeconds(5));
        assertThat(signed.tokens()).containsExactly("a");
        assertThat(signed.failure()).isInstanceOf(CannotSignException.class).hasMessageContaining("within 300 ms");

        for (int i = 0; i < 1_000; i++) {
            assertThat(signing.sign("lending", List.of(this::hang)).failure()).isNotNull();
        }
        assertThat(calls).hasValue(1);
        assertThat(signing.sign("granite", List.of(() -> "b")).tokens()).containsExactly("b");
    }

    @Test
    void aSlowRealmIsTriedAgainAfterAPause() {
        assertThat(signing.sign("lending", List.of(this::hang)).failure()).isNotNull();
        clock.advance(PatientSigning.PAUSE.minusMillis(1));
        assertThat(signing.sign("lending", List.of(() -> "a")).tokens()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(signing.sign("lending", List.of(() -> "a")).tokens()).containsExactly("a");
    }

    @Test
    void manyMayTakeLongerThanFew() {
        Callable<String> slow = () -> {
            Thread.sleep(6);
            return "a";
        };
        assertThat(signing.sign("lending", Collections.nCopies(PatientSigning.AT_ONCE * 3, slow))
                        .tokens())
                .hasSize(PatientSigning.AT_ONCE * 3);
    }

    private String hang() throws InterruptedException {
        calls.incrementAndGet();
        never.await();
        return "never";
    }
}
