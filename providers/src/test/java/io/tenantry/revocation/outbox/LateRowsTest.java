package io.tenantry.revocation.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.revocation.outbox.Outbox.Pending;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateRowsTest {
    private static final Instant LOOK = Instant.ofEpochSecond(1_700_000_000);

    private final LateRows late = new LateRows();

    @Test
    void whatNobodyHasLookedAtMayHaveBeenCommittedLate() {
        assertThat(late.mayBeLate("r1", LOOK.minusSeconds(3_600))).isTrue();
    }

    @Test
    void aRowThatTheLastLookDidNotShowThoughItIsOlderWas() {
        late.looked(LOOK, List.of(new Pending("seen", "lending")));
        assertThat(late.mayBeLate("unseen", LOOK.minusMillis(501))).isTrue();
        assertThat(late.mayBeLate("seen", LOOK.minusSeconds(3_600))).isFalse();
    }

    @Test
    void aRowThatIsAboutAsOldAsTheLookWasNotOrIsCoveredAllTheSame() {
        late.looked(LOOK, List.of());
        assertThat(late.mayBeLate("r1", LOOK.minusMillis(500))).isFalse();
        assertThat(late.mayBeLate("r2", LOOK.plusSeconds(1))).isFalse();
    }
}
