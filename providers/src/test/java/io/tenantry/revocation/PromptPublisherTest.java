package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.RevocationPublisher.Published;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptPublisherTest {
    private static final List<Revocation> ONE =
            List.of(new Revocation("r1", Selector.sid("s"), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), "logout"));

    private final List<Runnable> behaviour = new ArrayList<>();
    private final RealmBreakers breaker = new RealmBreakers();
    private final CountDownLatch never = new CountDownLatch(1);
    private int calls;
    private int idle;
    private final PromptPublisher prompt = new PromptPublisher(
            new FakePublisher(),
            breaker,
            Duration.ofMillis(200),
            new RevocationMetrics(new SimpleMeterRegistry(), Clock.systemUTC(), breaker));

    @AfterEach
    void close() {
        prompt.close();
    }

    @Test
    void saysWhenPublishedAndAsPartOfWhat() {
        assertThat(prompt.publish("lending", ONE)).contains(new Published("e1"));
        assertThat(breaker.isOpen("lending")).isFalse();
    }

    @Test
    void aServerThatHangsCostsOneTimeoutAndThenNothing() {
        behaviour.add(this::hang);
        assertThat(prompt.publish("lending", ONE)).isEmpty();
        for (int i = 0; i < 1_000; i++) {
            assertThat(prompt.publish("lending", ONE)).isEmpty();
        }
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aFailureIsNoErrorForTheRequestAndOnlyTheDrainerEndsTheBreak() {
        behaviour.add(() -> {
            throw new PublishException("down", new RuntimeException());
        });
        assertThat(prompt.publish("lending", ONE)).isEmpty();
        assertThat(breaker.problem("lending")).contains("down");
        assertThat(breaker.succeeded("lending")).isTrue();
        assertThat(prompt.publish("lending", ONE)).contains(new Published("e1"));
    }

    @Test
    void whatFailsForOneRealmAloneKeepsNoOtherFromTrying() {
        behaviour.add(() -> {
            throw new PublishException("WRONGTYPE", new RuntimeException(), PublishException.Reach.REALM);
        });
        assertThat(prompt.publish("broken", ONE)).isEmpty();
        assertThat(breaker.isOpen("broken")).isTrue();
        assertThat(prompt.publish("lending", ONE)).contains(new Published("e1"));
        assertThat(prompt.publish("broken", ONE)).isEmpty();
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void asksOnTheRequestsThreadOnlyWhileOneAnswerIsAllItWaitsFor() {
        List<Thread> askedOn = new ArrayList<>();
        behaviour.add(() -> askedOn.add(Thread.currentThread()));
        behaviour.add(() -> askedOn.add(Thread.currentThread()));
        idle = 1;
        prompt.publish("lending", ONE);
        idle = 0;
        prompt.publish("lending", ONE);
        assertThat(askedOn).hasSize(2).first().isEqualTo(Thread.currentThread());
        assertThat(askedOn).last().isNotEqualTo(Thread.currentThread());
    }

    @Test
    void aRequestThatWouldFindItsConnectionTakenAsksOnAnotherThread() {
        List<Thread> askedOn = new ArrayList<>();
        idle = 1;
        behaviour.add(() -> {
            behaviour.add(() -> askedOn.add(Thread.currentThread()));
            prompt.publish("lending", ONE);
        });
        prompt.publish("lending", ONE);
        assertThat(askedOn).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void aFailureOnTheRequestsThreadIsNoErrorEither() {
        idle = 1;
        behaviour.add(() -> {
            throw new PublishException("down", new RuntimeException());
        });
        assertThat(prompt.publish("lending", ONE)).isEmpty();
        assertThat(breaker.problem("lending")).contains("down");
    }

    @Test
    void isAskedWhatItHasWhateverTheBreakerSaysAndNeverLongerThanTheTimeout() {
        assertThat(breaker.failed("lending", "down", PublishException.Reach.EVERY_REALM))
                .isTrue();
        assertThat(prompt.inspect("lending")).contains(new RevocationPublisher.DataSet("e1", Instant.EPOCH));
        behaviour.add(this::hang);
        assertThat(prompt.inspect("lending")).isEmpty();
        assertThat(breaker.isOpen("lending")).isTrue();
    }

    private void hang() {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class FakePublisher implements RevocationPublisher {
        @Override
        public Published publish(String realm, List<Revocation> revocations) {
            calls++;
            if (!behaviour.isEmpty()) {
                behaviour.remove(0).run();
            }
            return new Published("e1");
        }

        @Override
        public boolean waitsForOneAnswer(int count, int callers) {
            return idle >= callers;
        }

        @Override
        public Map<String, Verdict> advance(Collection<Claim> claims) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataSet inspect(String realm) {
            calls++;
            if (!behaviour.isEmpty()) {
                behaviour.remove(0).run();
            }
            return new DataSet("e1", Instant.EPOCH);
        }

        @Override
        public boolean clear(String realm, String expected, boolean force) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void withdraw(String realm, Selector selector) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void drop(String realm, String epoch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seal(String realm, String epoch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
