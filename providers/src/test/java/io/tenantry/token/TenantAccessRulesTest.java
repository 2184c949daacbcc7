package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import io.tenantry.token.TenantAccessRules.Outcome;
import io.tenantry.token.TenantAccessRules.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantAccessRulesTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");
    private static final TenantId SUMMIT = new TenantId("summit");
    private static final List<TenantId> BOTH = List.of(NORTHBANK, HARBOR);

    private final TenantAccessRules rules = new TenantAccessRules(BOTH::contains);

    @Test
    void aTenantNamedInAnyWayIsEntered() {
        assertThat(rules.decide(request(List.of(HARBOR), null, null, null))).isEqualTo(new Outcome.For(HARBOR));
        assertThat(rules.decide(request(List.of(), HARBOR, null, null))).isEqualTo(new Outcome.For(HARBOR));
        assertThat(rules.decide(request(List.of(), null, HARBOR, null))).isEqualTo(new Outcome.For(HARBOR));
        assertThat(rules.decide(request(List.of(), null, null, HARBOR))).isEqualTo(new Outcome.For(HARBOR));
        assertThat(rules.decide(request(List.of(HARBOR), HARBOR, HARBOR, HARBOR)))
                .isEqualTo(new Outcome.For(HARBOR));
    }

    @Test
    void aTenantThatIsNotHeldIsUnavailableHoweverItIsNamed() {
        Outcome unavailable = new Outcome.Refused(TenantRefusal.UNAVAILABLE);
        assertThat(rules.decide(request(List.of(SUMMIT), null, null, null))).isEqualTo(unavailable);
        assertThat(rules.decide(request(List.of(), SUMMIT, null, null))).isEqualTo(unavailable);
        assertThat(rules.decide(request(List.of(), null, SUMMIT, null))).isEqualTo(unavailable);
        assertThat(rules.decide(request(List.of(), null, null, SUMMIT))).isEqualTo(unavailable);
    }

    @Test
    void waysThatDisagreeAreRefused() {
        assertThat(rules.decide(request(List.of(HARBOR), NORTHBANK, null, null)))
                .isEqualTo(new Outcome.Refused(TenantRefusal.UNAVAILABLE));
        assertThat(rules.decide(request(List.of(HARBOR, NORTHBANK), null, null, null)))
                .isEqualTo(new Outcome.Refused(TenantRefusal.AMBIGUOUS));
    }

    @Test
    void whoIsInSeveralIsAskedAndWhoIsInOneIsNot() {
        assertThat(rules.decide(open(true, false, BOTH))).isEqualTo(new Outcome.Ask());
        assertThat(rules.decide(open(true, false, List.of(HARBOR)))).isEqualTo(new Outcome.For(HARBOR));
        assertThat(rules.decide(open(false, true, BOTH))).isEqualTo(new Outcome.Ask());
    }

    @Test
    void whoIsInNoneIsRefusedOnlyWhereATenantIsRequired() {
        assertThat(rules.decide(open(true, false, List.of()))).isEqualTo(new Outcome.Without());
        assertThat(rules.decide(open(true, true, List.of()))).isEqualTo(new Outcome.Refused(TenantRefusal.MISSING));
    }

    @Test
    void whoAsksForNoTenantGoesOnWithoutOne() {
        assertThat(rules.decide(open(false, false, BOTH))).isEqualTo(new Outcome.Without());
    }

    private static Request request(
            List<TenantId> named, @Nullable TenantId hinted, @Nullable TenantId selected, @Nullable TenantId owner) {
        return new Request(named, hinted, selected, owner, true, false, BOTH);
    }

    private static Request open(boolean any, boolean required, List<TenantId> held) {
        return new Request(List.of(), null, null, null, any, required, held);
    }
}
