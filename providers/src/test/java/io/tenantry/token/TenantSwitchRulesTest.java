package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import io.tenantry.token.TenantSwitchRules.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantSwitchRulesTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");
    private static final TenantId SUMMIT = new TenantId("summit");

    private final Set<TenantId> held = new HashSet<>(Set.of(NORTHBANK, HARBOR));
    private final Set<TenantId> signedInWell = new HashSet<>(held);
    private final TenantSwitchRules rules = new TenantSwitchRules(held::contains, signedInWell::contains);

    @Test
    void staysWithoutAskingForATenantOrAskingForTheSame() {
        assertThat(rules.decide(NORTHBANK, List.of(), false)).isEqualTo(new Outcome.Into(NORTHBANK));
        assertThat(rules.decide(NORTHBANK, List.of(NORTHBANK), false)).isEqualTo(new Outcome.Into(NORTHBANK));
        assertThat(rules.decide(null, List.of(), true)).isEqualTo(new Outcome.Into(null));
    }

    @Test
    void changesTheTenantOnlyForAClientThatMay() {
        assertThat(rules.decide(NORTHBANK, List.of(HARBOR), true)).isEqualTo(new Outcome.Into(HARBOR));
        assertThat(rules.decide(NORTHBANK, List.of(HARBOR), false))
                .isEqualTo(new Outcome.Refused(TenantRefusal.SWITCH_FORBIDDEN));
        assertThat(rules.decide(null, List.of(HARBOR), false))
                .isEqualTo(new Outcome.Refused(TenantRefusal.SWITCH_FORBIDDEN));
    }

    @Test
    void aClientThatMayNotGetsTheSameAnswerForATenantThatDoesNotExist() {
        assertThat(rules.decide(NORTHBANK, List.of(SUMMIT), false))
                .isEqualTo(rules.decide(NORTHBANK, List.of(HARBOR), false));
    }

    @Test
    void theTargetMustBeHeldAndSignedInFor() {
        assertThat(rules.decide(NORTHBANK, List.of(SUMMIT), true))
                .isEqualTo(new Outcome.Refused(TenantRefusal.UNAVAILABLE));
        signedInWell.remove(HARBOR);
        assertThat(rules.decide(NORTHBANK, List.of(HARBOR), true))
                .isEqualTo(new Outcome.Refused(TenantRefusal.STEP_UP_NEEDED));
    }

    @Test
    void aLostTenantLeadsNowhere() {
        held.remove(NORTHBANK);
        assertThat(rules.decide(NORTHBANK, List.of(HARBOR), true)).isEqualTo(new Outcome.Refused(TenantRefusal.LOST));
    }

    @Test
    void severalTargetsAreRefused() {
        assertThat(rules.decide(NORTHBANK, List.of(NORTHBANK, HARBOR), true))
                .isEqualTo(new Outcome.Refused(TenantRefusal.AMBIGUOUS));
    }
}
