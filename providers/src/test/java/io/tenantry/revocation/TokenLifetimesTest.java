package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenLifetimesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void whatNeverChangedIsValidForItsLifetime() {
        assertThat(TokenLifetimes.first(HOUR).lastValid(NOW)).isEqualTo(NOW.plus(HOUR));
        assertThat(TokenLifetimes.first(HOUR).observed(HOUR, NOW)).isEqualTo(TokenLifetimes.first(HOUR));
    }

    @Test
    void aLoweredLifetimeCountsUntilItsLastTokenExpires() {
        TokenLifetimes lowered = TokenLifetimes.first(HOUR).observed(MINUTE, NOW);
        Instant lastToken = NOW.plus(RevocationRules.IN_FLIGHT_MARGIN).plus(HOUR);
        assertThat(lowered.longest()).isEqualTo(MINUTE);
        assertThat(lowered.lastValid(NOW.plusSeconds(10))).isEqualTo(lastToken);
        Instant late = lastToken.plusSeconds(1);
        assertThat(lowered.lastValid(late)).isEqualTo(late.plus(MINUTE));
        assertThat(lowered.observed(MINUTE, late)).isEqualTo(TokenLifetimes.first(MINUTE));
    }

    @Test
    void aCutoffLongBeforeTheChangeIsNotKeptForTokensIssuedLater() {
        TokenLifetimes lowered = TokenLifetimes.first(HOUR).observed(MINUTE, NOW);
        Instant long_ago = NOW.minus(Duration.ofMinutes(59));
        assertThat(lowered.lastValid(long_ago)).isEqualTo(long_ago.plus(HOUR));
    }

    @Test
    void aLifetimeThatNobodyHasNotedYetCountsIfItIsLonger() {
        TokenLifetimes lowered = TokenLifetimes.first(HOUR).observed(MINUTE, NOW);
        assertThat(lowered.atLeast(MINUTE.minusSeconds(1))).isEqualTo(lowered);
        assertThat(lowered.atLeast(HOUR.multipliedBy(2)))
                .isEqualTo(new TokenLifetimes(HOUR.multipliedBy(2), lowered.formerLongest(), lowered.formerUntil()));
    }

    @Test
    void aRaisedLifetimeCountsAtOnceAndLoweredAgainAsAFormerOne() {
        TokenLifetimes raised = TokenLifetimes.first(MINUTE).observed(HOUR, NOW);
        assertThat(raised.lastValid(NOW)).isEqualTo(NOW.plus(HOUR));
        TokenLifetimes lowered = raised.observed(MINUTE, NOW.plusSeconds(1));
        assertThat(lowered.lastValid(NOW.plusSeconds(5)))
                .isEqualTo(NOW.plusSeconds(1)
                        .plus(RevocationRules.IN_FLIGHT_MARGIN)
                        .plus(HOUR));
    }

    @Test
    void loweredStepByStepTheLongestStillCounts() {
        TokenLifetimes lowered =
                TokenLifetimes.first(HOUR).observed(Duration.ofMinutes(10), NOW).observed(MINUTE, NOW.plusSeconds(60));
        assertThat(lowered.lastValid(NOW.plusSeconds(90)))
                .isEqualTo(NOW.plus(RevocationRules.IN_FLIGHT_MARGIN).plus(HOUR));
    }

    /** Whatever was in force when: no token issued by the cutoff outlives what is said of it. */
    @Property
    void noTokenOutlivesWhatIsSaidOfIt(
            @ForAll @Size(min = 1, max = 8) java.util.List<@IntRange(min = 1, max = 500) Integer> lifetimes,
            @ForAll @Size(8) java.util.List<@IntRange(min = 1, max = 300) Integer> pauses,
            @ForAll @IntRange(max = 400) int cutoffAfter) {
        TokenLifetimes known = TokenLifetimes.first(Duration.ofSeconds(lifetimes.get(0)));
        Instant since = NOW;
        Instant latestExpiry = since.plusSeconds(lifetimes.get(0));
        for (int i = 1; i < lifetimes.size(); i++) {
            Instant changed = since.plusSeconds(pauses.get(i));
            latestExpiry = later(latestExpiry, changed.plusSeconds(lifetimes.get(i - 1)));
            known = known.observed(Duration.ofSeconds(lifetimes.get(i)), changed);
            since = changed;
        }
        Instant cutoff = since.plusSeconds(cutoffAfter);
        latestExpiry = later(latestExpiry, cutoff.plusSeconds(lifetimes.get(lifetimes.size() - 1)));
        Instant kept = known.lastValid(cutoff);
        assertThat(kept.isBefore(latestExpiry) && latestExpiry.isAfter(cutoff)).isFalse();
    }

    private static Instant later(Instant first, Instant second) {
        return first.isAfter(second) ? first : second;
    }
}
