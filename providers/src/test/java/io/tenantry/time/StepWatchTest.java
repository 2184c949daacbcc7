package io.tenantry.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class StepWatchTest {
    private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_700_000_000));
    private long nanos;
    private final StepWatch watch = new StepWatch(clock, () -> nanos, Duration.ofMinutes(5));

    @Test
    void aClockThatRunsEvenlyIsBelieved() {
        for (int i = 0; i < 1_000; i++) {
            pass(Duration.ofSeconds(1));
            assertThat(watch.look()).isEmpty();
        }
        assertThat(watch.isSteady()).isTrue();
    }

    @Test
    void oneThatJumpsEitherWayIsNotForAWhile() {
        for (Duration step : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
            pass(Duration.ofSeconds(1));
            clock.advance(step);
            assertThat(watch.look()).contains(step);
            assertThat(watch.isSteady()).isFalse();
            pass(Duration.ofSeconds(299));
            assertThat(watch.look()).isEmpty();
            assertThat(watch.isSteady()).isFalse();
            pass(Duration.ofSeconds(1));
            assertThat(watch.look()).isEmpty();
            assertThat(watch.isSteady()).isTrue();
        }
    }

    @Test
    void aThreadThatIsHeldUpBetweenTheTwoClocksIsNoJump() {
        LongSupplier heldUp = () -> {
            pass(Duration.ofSeconds(30));
            return nanos;
        };
        StepWatch own = new StepWatch(clock, heldUp, Duration.ofMinutes(5));
        assertThat(own.look()).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(own.look()).isPresent();
    }

    private void pass(Duration duration) {
        clock.advance(duration);
        nanos += duration.toNanos();
    }
}
