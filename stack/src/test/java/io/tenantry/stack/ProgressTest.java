package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StepClock clock = new StepClock();

    @Test
    void everyLineHasTheSecondsSinceTheBeginning() {
        Progress progress = Progress.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);

        progress.started("Unpacking");
        clock.now = clock.now.plusMillis(23_460);
        progress.finished("Unpacked", Duration.ofMillis(23_460));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("  0.0 s  Unpacking", " 23.5 s  Unpacked (23.5 s)");
    }

    private static final class StepClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
