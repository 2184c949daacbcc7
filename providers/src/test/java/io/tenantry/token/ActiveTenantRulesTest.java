package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ActiveTenantRulesTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");

    private final Set<TenantId> held = new HashSet<>(Set.of(NORTHBANK, HARBOR));
    private final ActiveTenantRules rules = new ActiveTenantRules(held::contains);

    @Test
    void thePresentedTokensTenantOutweighsEverythingElse() {
        assertThat(rules.decide(NORTHBANK, HARBOR, () -> List.of(HARBOR), HARBOR))
                .isEqualTo(new ActiveTenant.Present(NORTHBANK));
    }

    @Test
    void aPinnedTenantThatIsLostIsNotReplaced() {
        held.remove(NORTHBANK);
        assertThat(rules.decide(NORTHBANK, HARBOR, () -> List.of(HARBOR), HARBOR))
                .isEqualTo(new ActiveTenant.Lost(NORTHBANK));
    }

    @Test
    void theOrganizationOfTheRequestOutweighsItsScopes() {
        assertThat(rules.decide(null, HARBOR, () -> List.of(NORTHBANK, HARBOR), null))
                .isEqualTo(new ActiveTenant.Present(HARBOR));
    }

    @Test
    void anOrganizationThatTheUserIsNotInCountsForNothing() {
        held.remove(HARBOR);
        assertThat(rules.decide(null, HARBOR, () -> List.of(), null)).isEqualTo(new ActiveTenant.Absent());
        assertThat(rules.decide(null, null, () -> List.of(HARBOR), null)).isEqualTo(new ActiveTenant.Absent());
        assertThat(rules.decide(null, null, () -> List.of(), HARBOR)).isEqualTo(new ActiveTenant.Absent());
    }

    @Test
    void theOneRequestedTenantIsActive() {
        assertThat(rules.decide(null, null, () -> List.of(HARBOR), null)).isEqualTo(new ActiveTenant.Present(HARBOR));
    }

    @Test
    void severalRequestedTenantsAreNone() {
        assertThat(rules.decide(null, null, () -> List.of(HARBOR, NORTHBANK), NORTHBANK))
                .isEqualTo(new ActiveTenant.Ambiguous());
    }

    @Test
    void theSoleTenantOfAClientNeedsNoAsking() {
        assertThat(rules.decide(null, null, () -> List.of(), HARBOR)).isEqualTo(new ActiveTenant.Present(HARBOR));
    }

    @Test
    void theScopesAreNotLookedUpWhereSomethingMoreBindingDecides() {
        AtomicInteger lookedUp = new AtomicInteger();
        Supplier<List<TenantId>> scopes = () -> {
            lookedUp.incrementAndGet();
            return List.of(NORTHBANK);
        };

        rules.decide(NORTHBANK, null, scopes, null);
        rules.decide(null, HARBOR, scopes, null);
        assertThat(lookedUp).hasValue(0);

        held.remove(HARBOR);
        assertThat(rules.decide(null, HARBOR, scopes, null)).isEqualTo(new ActiveTenant.Present(NORTHBANK));
        assertThat(lookedUp).hasValue(1);
    }
}
