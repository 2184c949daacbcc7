package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RevocationRulesTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final TokenLifetimes LIFETIME = TokenLifetimes.first(Duration.ofMinutes(5));

    private final AtomicInteger ids = new AtomicInteger();
    private final RevocationRules rules =
            new RevocationRules(Duration.ofSeconds(60), () -> "r" + ids.incrementAndGet());

    @Test
    void anEndedSourceIsCoveredForTheRequestsInFlight() {
        assertThat(revocations(Detected.now(Selector.sub("u"), Cause.ADMIN_LOGOUT)))
                .containsExactly(new Revocation(
                        "r1", Selector.sub("u"), NOW.plusSeconds(2), NOW.plusSeconds(2 + 300 + 60), "admin-logout"));
    }

    @Test
    void whatCanNeverComeAgainIsRevokedWheneverItWasIssuedByWhoseClockEver() {
        Instant expiry = NOW.plusSeconds(2 + 300 + 60);
        assertThat(revocations(Detected.now(Selector.sid("s"), Cause.LOGOUT)))
                .containsExactly(new Revocation("r1", Selector.sid("s"), expiry.minusMillis(1), expiry, "logout"));
        assertThat(revocations(Detected.now(Selector.jti("t"), Cause.TOKEN_REVOKED)))
                .extracting(Revocation::cutoff)
                .containsExactly(NOW.plusSeconds(360).minusMillis(1));
    }

    @Test
    void aSessionThatGoesOnOfflineHasTokensToComeAndIsRevokedUpToNow() {
        assertThat(revocations(Detected.now(Selector.sid("s"), Cause.LOGOUT).goingOnOffline()))
                .extracting(Revocation::cutoff)
                .containsExactly(NOW.plusSeconds(2));
    }

    @Test
    void aNotBeforeThatLiesAheadReachesNoFurtherThanTokensCan() {
        int ahead = (int) NOW.getEpochSecond() + 3 * 365 * 86_400;
        assertThat(revocations(Detected.before(Selector.realm(), ahead)))
                .containsExactly(
                        new Revocation("r1", Selector.realm(), NOW.plusSeconds(2), NOW.plusSeconds(362), "not-before"));
    }

    @Test
    void aLateCommitIsCoveredUpToItsEndWhereTimeIsAskedAboutAtAll() {
        Detected user = Detected.now(Selector.sub("u"), Cause.PASSWORD_CHANGED);
        Detected tenant = Detected.now(Selector.tenant("t"), Cause.TENANT_REVOKED);
        Detected offline = Detected.now(Selector.sid("s"), Cause.LOGOUT).goingOnOffline();
        assertThat(RevocationRules.reckonedFromCommit(Set.of(
                        user,
                        tenant,
                        offline,
                        Detected.now(Selector.sid("x"), Cause.LOGOUT),
                        Detected.now(Selector.jti("j"), Cause.TOKEN_REVOKED),
                        Detected.before(Selector.realm(), 5))))
                .containsExactlyInAnyOrder(user, tenant, offline);
    }

    @Test
    void aSourceThatLivesOnIsCoveredUpToNow() {
        assertThat(revocations(Detected.now(Selector.sub("u"), Cause.PASSWORD_CHANGED)))
                .containsExactly(
                        new Revocation("r1", Selector.sub("u"), NOW, NOW.plusSeconds(360), "password-changed"));
    }

    @Test
    void aSourceThatTheSameRequestRenewsIsCoveredUpToItsSecond() {
        Instant second = NOW.minusMillis(123);
        assertThat(revocations(Detected.now(Selector.sub("u"), Cause.LOST_AT_SIGN_IN)))
                .containsExactly(new Revocation(
                        "r1",
                        Selector.sub("u"),
                        second.minusMillis(1),
                        second.minusMillis(1).plusSeconds(360),
                        "lost-at-sign-in"));
    }

    @Test
    void aStatedCutoffIsKeptAndOneThatCoversNoValidTokenIsDropped() {
        int recent = (int) NOW.getEpochSecond() - 10;
        assertThat(revocations(Detected.before(Selector.realm(), recent)))
                .extracting(Revocation::cutoff)
                .containsExactly(Instant.ofEpochSecond(recent).minusMillis(1));
        assertThat(revocations(Detected.before(Selector.realm(), recent - 3600)))
                .isEmpty();
    }

    @Test
    void oneSelectorIsRevokedOnceHoweverManyEventsSaySo() {
        assertThat(revocations(
                        Detected.now(Selector.sub("u"), Cause.USER_DELETED),
                        Detected.now(Selector.sub("u"), Cause.USER_DISABLED)))
                .hasSize(1);
    }

    @Test
    void whatEndedIsSaidRatherThanWhatWentWithIt() {
        Selector member = Selector.member("northbank", "u");
        for (List<Detected> order : List.of(
                List.of(Detected.now(member, Cause.GROUP_LEFT), Detected.now(member, Cause.MEMBERSHIP_LOST)),
                List.of(Detected.now(member, Cause.MEMBERSHIP_LOST), Detected.now(member, Cause.GROUP_LEFT)))) {
            assertThat(rules.revocations(new LinkedHashSet<>(order), NOW, LIFETIME))
                    .extracting(Revocation::cause)
                    .containsExactly("membership-lost");
        }
        Selector user = Selector.sub("u");
        assertThat(rules.revocations(
                        new LinkedHashSet<>(List.of(
                                Detected.now(user, Cause.ROLE_LOST),
                                Detected.now(user, Cause.USER_DISABLED),
                                Detected.now(user, Cause.USER_DELETED))),
                        NOW,
                        LIFETIME))
                .extracting(Revocation::cause)
                .containsExactly("user-deleted");
    }

    @Test
    void aRowThatWasCommittedLateIsRaisedAsItsCauseAsksFor() {
        Instant late = NOW.plusSeconds(8);
        assertThat(RevocationRules.coveringUpTo(late, row(Selector.tenant("t"), Cause.TENANT_REVOKED.word())))
                .extracting(Revocation::cutoff, Revocation::expiresAt)
                .containsExactly(late.plusSeconds(2), NOW.plusSeconds(360 + 8 + 2));
        assertThat(RevocationRules.coveringUpTo(late, row(Selector.sub("u"), Cause.PASSWORD_CHANGED.word()))
                        .cutoff())
                .isEqualTo(late);
        assertThat(RevocationRules.coveringUpTo(late, row(Selector.sub("u"), "newer-than-this"))
                        .cutoff())
                .isEqualTo(late.plusSeconds(2));
        Revocation stated = row(Selector.realm(), Cause.NOT_BEFORE.word());
        assertThat(RevocationRules.coveringUpTo(late, stated)).isEqualTo(stated);
        Revocation over =
                revocations(Detected.now(Selector.sid("s"), Cause.LOGOUT)).get(0);
        assertThat(RevocationRules.coveringUpTo(late, over)).isEqualTo(over);
        Revocation later = row(Selector.tenant("t"), Cause.TENANT_REVOKED.word());
        assertThat(RevocationRules.coveringUpTo(NOW.minusSeconds(60), later)).isEqualTo(later);
    }

    private static Revocation row(Selector selector, String cause) {
        return new Revocation("r", selector, NOW, NOW.plusSeconds(360), cause);
    }

    @Test
    void everyCauseFitsItsColumn() {
        for (Cause cause : Cause.values()) {
            assertThat(cause.word()).matches("[a-z-]{1,64}");
        }
    }

    @Test
    void theLongestLifetimeCountsEveryOverrideAndTheSessionWhereTokensLastAsLong() {
        assertThat(LongestTokenLifetime.of(300, 900, 36_000, 0, List.of())).hasSeconds(900);
        assertThat(LongestTokenLifetime.of(300, 60, 36_000, 0, List.of("", "x", "7200")))
                .hasSeconds(7200);
        assertThat(LongestTokenLifetime.of(300, 60, 36_000, 0, List.of("-1"))).hasSeconds(36_000);
        assertThat(LongestTokenLifetime.of(-1, 60, 36_000, 90_000, List.of())).hasSeconds(90_000);
    }

    private List<Revocation> revocations(Detected... detected) {
        return rules.revocations(new LinkedHashSet<>(Set.of(detected)), NOW, LIFETIME);
    }
}
