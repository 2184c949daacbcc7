package io.tenantry.verifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {
    private static final Duration MAX = Duration.ofSeconds(30);

    private Instant wall = Instant.parse("2026-11-01T12:00:00Z");
    private final AtomicLong nanos = new AtomicLong(-5);
    /** What the monotonic clock moves on by between its next readings. */
    private final Deque<Duration> holdUps = new ArrayDeque<>();

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("only UTC");
        }
    };
    private final Freshness freshness = new Freshness(clock, this::nanoTime, MAX);

    private long nanoTime() {
        return holdUps.isEmpty() ? nanos.get() : nanos.addAndGet(holdUps.pop().toNanos());
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aWatermarkAgesByBothClocks() {
        freshness.advanceTo(wall);
        pass(MAX);
        assertThat(freshness.isFresh()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(freshness.isFresh()).isFalse();
        assertThat(freshness.clockStepped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT3S", "PT-3S"})
    void whereTheWallClockSteppedNothingIsFreshUntilAllWasLoadedAnew(Duration step) {
        freshness.advanceTo(wall);
        wall = wall.plus(step);
        assertThat(freshness.isFresh()).isFalse();
        assertThat(freshness.clockStepped()).isTrue();

        freshness.advanceTo(wall);
        assertThat(freshness.isFresh()).as("a new watermark loads nothing").isFalse();
        wall = wall.minus(step);
        assertThat(freshness.isFresh()).as("going back brings nothing back").isFalse();

        freshness.startOver();
        assertThat(freshness.isFresh()).as("nothing is loaded yet").isFalse();
        assertThat(freshness.watermark()).isEmpty();
        freshness.advanceToFound(wall, Duration.ZERO);
        assertThat(freshness.isFresh()).isTrue();
    }

    @Test
    void whatNobodySawHasDoneNothing() {
        freshness.advanceTo(wall);
        wall = wall.plusSeconds(3_600);
        wall = wall.minusSeconds(3_600);
        assertThat(freshness.isFresh()).isTrue();
    }

    @Test
    void aStepWhileItLoadsHasItLoadAgain() {
        wall = wall.plusSeconds(3_600);
        assertThat(freshness.clockStepped()).isTrue();
        freshness.startOver();
        wall = wall.minusSeconds(3_600);
        freshness.advanceToFound(wall, Duration.ZERO);
        assertThat(freshness.isFresh()).isFalse();
        assertThat(freshness.clockStepped()).isTrue();
    }

    @Test
    void aThreadThatIsHeldUpBetweenTwoReadingsIsNoStep() {
        freshness.advanceTo(wall);
        // Held up before the wall clock is read, which then shows it, and after, when it does not
        wall = wall.plusSeconds(10);
        holdUps.add(Duration.ofSeconds(0));
        holdUps.add(Duration.ofSeconds(10));
        assertThat(freshness.clockStepped()).isFalse();
        wall = wall.plusSeconds(5);
        holdUps.add(Duration.ofSeconds(5));
        holdUps.add(Duration.ofSeconds(5));
        assertThat(freshness.clockStepped()).isFalse();
    }

    @Test
    void clocksThatDriftApartSlowlyAreNoStep() {
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(30));
            wall = wall.plusSeconds(1);
            freshness.advanceTo(wall);
            freshness.allowForDrift();
            assertThat(freshness.isFresh()).isTrue();
        }
        wall = wall.plusSeconds(3);
        freshness.allowForDrift();
        assertThat(freshness.clockStepped()).isTrue();
    }
}
