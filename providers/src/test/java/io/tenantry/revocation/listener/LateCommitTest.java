package io.tenantry.revocation.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.RevocationOrder;
import io.tenantry.revocation.WriteTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LateCommitTest {
    private static final Detected TENANT = RevocationOrder.tenant("northbank");
    private static final Detected TOKEN = RevocationOrder.token("jti");

    private final List<Set<Detected>> again = new ArrayList<>();
    private WriteTime now = new WriteTime(Instant.ofEpochSecond(1_700_000_000), 0);

    @Test
    void aQuickCommitNeedsNothingMore() {
        Written written = written("r1", Set.of(TENANT));
        pass(Duration.ofMillis(400));
        LateCommit.Covered covered = LateCommit.cover(written, () -> now, this::quickly);
        assertThat(covered.revocations()).extracting(Revocation::id).containsExactly("r1");
        assertThat(covered.settled()).isTrue();
        assertThat(again).isEmpty();
    }

    @Test
    void aLateOneIsFollowedByASecondOfWhatTimeIsAskedAbout() {
        Written written = written("r1", Set.of(TENANT, TOKEN));
        pass(Duration.ofSeconds(8));
        LateCommit.Covered covered = LateCommit.cover(written, () -> now, this::quickly);
        assertThat(covered.revocations()).extracting(Revocation::id).containsExactly("r1", "r2");
        assertThat(covered.settled()).isTrue();
        assertThat(again).containsExactly(Set.of(TENANT));
    }

    @Test
    void aTokenThatNeverComesAgainIsCoveredHoweverLateItsCommit() {
        Written written = written("r1", Set.of(TOKEN));
        pass(Duration.ofSeconds(8));
        assertThat(LateCommit.cover(written, () -> now, this::quickly).settled())
                .isTrue();
        assertThat(again).isEmpty();
    }

    @Test
    void whereEveryCommitIsLateTheRowsStayPendingForTheDrainer() {
        Written written = written("r1", Set.of(TENANT));
        pass(Duration.ofSeconds(8));
        LateCommit.Covered covered = LateCommit.cover(written, () -> now, (late, detected) -> {
            Written next = quickly(late, detected);
            pass(Duration.ofSeconds(1));
            return next;
        });
        assertThat(covered.settled()).isFalse();
        assertThat(again).hasSize(LateCommit.ATTEMPTS);
        assertThat(covered.revocations()).hasSize(1 + LateCommit.ATTEMPTS);
    }

    @Test
    void whereTheSecondCannotBeWrittenTheFirstIsToldAndStaysPending() {
        Written written = written("r1", Set.of(TENANT));
        pass(Duration.ofSeconds(8));
        LateCommit.Covered covered = LateCommit.cover(written, () -> now, (late, detected) -> {
            throw new IllegalStateException("no database");
        });
        assertThat(covered.revocations()).extracting(Revocation::id).containsExactly("r1");
        assertThat(covered.settled()).isFalse();
    }

    private Written quickly(Written late, Set<Detected> detected) {
        again.add(detected);
        return written("r" + (again.size() + 1), detected);
    }

    private Written written(String id, Set<Detected> detected) {
        return new Written(
                "lending",
                detected,
                List.of(new Revocation(
                        id, Selector.tenant("northbank"), now.at(), now.at().plusSeconds(60), "tenant-revoked")),
                false,
                null,
                now);
    }

    private void pass(Duration duration) {
        now = new WriteTime(now.at().plus(duration), now.nanos() + duration.toNanos());
    }
}
