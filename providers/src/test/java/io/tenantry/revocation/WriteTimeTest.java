package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriteTimeTest {
    private static final long MILLI = 1_000_000;
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private final WriteTime written = new WriteTime(START, 5 * MILLI);

    @Test
    void aCommitWithinTheToleranceIsCovered() {
        assertThat(written.isLate(new WriteTime(START.plusMillis(500), 505 * MILLI)))
                .isFalse();
    }

    @Test
    void whicheverClockSaysThatItTookLongerIsBelieved() {
        assertThat(written.isLate(new WriteTime(START.plusMillis(501), 6 * MILLI)))
                .isTrue();
        assertThat(written.isLate(new WriteTime(START.minusSeconds(60), 506 * MILLI)))
                .isTrue();
    }

    @Test
    void whatIsCertainAndWhatIsToleratedAreTheMargin() {
        assertThat(RevocationRules.CERTAIN_MARGIN.plus(RevocationRules.COMMIT_TOLERANCE))
                .isEqualTo(RevocationRules.IN_FLIGHT_MARGIN);
    }
}
