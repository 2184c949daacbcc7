package io.tenantry.revocation.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.revocation.outbox.Outbox.Pending;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateRowsTest {
    private static final Instant LOOK = Instant.ofEpochSecond(1_700_000_000);
    private static final Instant NEXT = LOOK.plusSeconds(1);
    private static final Instant LATER = LOOK.plusSeconds(60);

    private final LateRows late = new LateRows();

    @Test
    void whatNobodyHasLookedAtMayHaveBeenCommittedLate() {
        assertThat(late.committedBy("r1", LOOK.minusSeconds(3_600), LOOK)).contains(LOOK);
    }

    @Test
    void aRowThatTheLastLookDidNotShowThoughItIsOlderWas() {
        late.looked(LOOK, LOOK, List.of());
        assertThat(late.committedBy("r1", LOOK.minusMillis(501), NEXT)).contains(NEXT);
    }

    @Test
    void aRowThatIsAboutAsOldAsTheLookWasNotOrIsCoveredAllTheSame() {
        late.looked(LOOK, LOOK, List.of());
        assertThat(late.committedBy("r1", LOOK.minusMillis(500), NEXT)).isEmpty();
        assertThat(late.committedBy("r2", LOOK.plusSeconds(1), NEXT)).isEmpty();
    }

    @Test
    void aRowThatWasCommittedInTimeStaysSoHoweverLongItWaits() {
        late.looked(LOOK, LOOK, List.of());
        late.looked(NEXT, NEXT, List.of(pending("r1", LOOK)));
        late.looked(LATER, LATER, List.of(pending("r1", LOOK)));
        assertThat(late.committedBy("r1", LOOK, LATER.plusSeconds(1))).isEmpty();
    }

    /** It was committed after a drain had looked for it, or the drain that found it failed. */
    @Test
    void aRowThatALookShowsLateStaysLateUntilItIsPublishedAndNoLaterThanThatLook() {
        Instant written = LOOK.minusSeconds(8);
        late.looked(LOOK, LOOK, List.of());
        late.looked(NEXT, NEXT, List.of(pending("r1", written)));
        late.looked(LATER, LATER, List.of(pending("r1", written)));
        assertThat(late.committedBy("r1", written, LATER.plusSeconds(1))).contains(NEXT);
    }

    private static Pending pending(String id, Instant createdAt) {
        return new Pending(id, "lending", createdAt);
    }
}
