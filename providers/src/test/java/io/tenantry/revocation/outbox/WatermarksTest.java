package io.tenantry.revocation.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    private final Watermarks watermarks = new Watermarks();

    @Test
    void isTheClockReadWhenNothingIsPending() {
        assertThat(watermarks.advance("a", at(1), Set.of())).isEqualTo(at(1));
        assertThat(watermarks.advance("a", at(2), Set.of())).isEqualTo(at(2));
    }

    @Test
    void standsStillWhileWhatWasPendingStillIs() {
        assertThat(watermarks.advance("a", at(1), Set.of("x", "y"))).isNull();
        assertThat(watermarks.advance("a", at(2), Set.of("y", "z"))).isNull();
        assertThat(watermarks.advance("a", at(3), Set.of("y"))).isNull();
    }

    @Test
    void reachesTheMomentAtWhichWhatIsNowPublishedWasPending() {
        assertThat(watermarks.advance("a", at(1), Set.of("x"))).isNull();
        assertThat(watermarks.advance("a", at(2), Set.of("y"))).isEqualTo(at(1));
        assertThat(watermarks.advance("a", at(3), Set.of("z"))).isEqualTo(at(2));
        assertThat(watermarks.advance("a", at(4), Set.of())).isEqualTo(at(4));
    }

    @Test
    void claimsNothingWhenTooMuchIsPendingToTell() {
        assertThat(watermarks.advance("a", at(1), null)).isNull();
    }

    @Test
    void realmsDoNotHoldEachOtherUp() {
        assertThat(watermarks.advance("a", at(1), Set.of("x"))).isNull();
        assertThat(watermarks.advance("b", at(1), Set.of())).isEqualTo(at(1));
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
