package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogPaceTest {
    private static final Instant NOW = Instant.EPOCH;

    private final LogPace pace = new LogPace(Duration.ofMinutes(1));

    @Test
    void speaksOfEachSubjectOnceAnInterval() {
        assertThat(pace.due("spa", NOW)).isTrue();
        assertThat(pace.due("spa", NOW)).isFalse();
        assertThat(pace.due("batch", NOW)).isTrue();
        assertThat(pace.due("spa", NOW.plusSeconds(59))).isFalse();
        assertThat(pace.due("spa", NOW.plusSeconds(60))).isTrue();
        assertThat(pace.due("spa", NOW.plusSeconds(61))).isFalse();
    }

    @Test
    void remembersNoMoreThanItMust() {
        assertThat(pace.due("first", NOW)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            assertThat(pace.due("subject-" + i, NOW)).isTrue();
        }
        assertThat(pace.due("first", NOW)).isTrue();
    }
}
