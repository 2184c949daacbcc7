package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkRulesTest {
    private static final LinkCandidate SOUND = new LinkCandidate(true, true, false, false, true);
    private static final Outcome REJECTED = new Outcome.Rejected(Rule.LINK);

    @Test
    void verifiedMemberOfTheTenantAloneMayBeLinked() {
        assertThat(LinkRules.check(SOUND)).isEqualTo(Outcome.accepted());
    }

    @Test
    void anyOtherAccountMayNot() {
        assertThat(List.of(
                        new LinkCandidate(false, true, false, false, true),
                        new LinkCandidate(true, false, false, false, true),
                        new LinkCandidate(true, true, true, false, true),
                        new LinkCandidate(true, true, false, true, true),
                        new LinkCandidate(true, true, false, false, false)))
                .allSatisfy(account -> assertThat(LinkRules.check(account)).isEqualTo(REJECTED));
    }

    @Test
    void twoAccountsLeaveItOpenWhichOneIsMeant() {
        assertThat(LinkRules.check(List.of(SOUND, SOUND))).isEqualTo(REJECTED);
        assertThat(LinkRules.check(List.of(SOUND))).isEqualTo(Outcome.accepted());
        assertThat(LinkRules.check(List.of())).isEqualTo(Outcome.accepted());
    }
}
