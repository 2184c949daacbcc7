package io.tenantry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RevocationKindTest {
    private static final Instant CUTOFF = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Instant THAT_SECOND = Instant.ofEpochSecond(1_700_000_000L);
    private static final Instant LATER = THAT_SECOND.plusSeconds(1);

    @ParameterizedTest
    @EnumSource(RevocationKind.class)
    void whatWasIssuedUpToTheCutoffIsCoveredItsWholeSecondIncluded(RevocationKind kind) {
        for (boolean offline : new boolean[] {false, true}) {
            assertThat(kind.covers(CUTOFF, THAT_SECOND, offline)).isTrue();
            assertThat(kind.covers(THAT_SECOND, THAT_SECOND, offline)).isTrue();
        }
    }

    @Test
    void whatNeverComesAgainIsCoveredWheneverItWasIssued() {
        EnumSet<RevocationKind> forGood = EnumSet.noneOf(RevocationKind.class);
        for (RevocationKind kind : RevocationKind.values()) {
            if (kind.covers(CUTOFF, LATER.plusSeconds(3_600), false)) {
                forGood.add(kind);
            }
        }
        assertThat(forGood).containsExactlyInAnyOrder(RevocationKind.JTI, RevocationKind.SID);
    }

    @ParameterizedTest
    @EnumSource(value = RevocationKind.class, names = "JTI", mode = Mode.EXCLUDE)
    void anOfflineSessionOutlivesTheSessionWhoseIdItBears(RevocationKind kind) {
        assertThat(kind.covers(CUTOFF, LATER, true)).isFalse();
    }

    @Test
    void aTokensIdTellsWhetherItIsOfAnOfflineSession() {
        for (String offline : List.of("ofrtac:4a7f", "oflrt0:4a7f", "ftrtte:4a7f", "ofrtac:")) {
            assertThat(TokenIds.isOfOfflineSession(offline)).as(offline).isTrue();
        }
        for (String other : List.of("onrtac:4a7f", "trrtcc:4a7f", "ntrtte:4a7f", "offline", "of:4a7f", "4a7f", "")) {
            assertThat(TokenIds.isOfOfflineSession(other)).as(other).isFalse();
        }
        assertThat(TokenIds.isOfOfflineSession(null)).isFalse();
    }
}
