package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import io.tenantry.token.TenantChoice.Origin;
import io.tenantry.token.TenantChoiceRules.Presented;
import io.tenantry.token.TenantChoiceRules.SignIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantChoiceRulesTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");
    private static final TenantId SUMMIT = new TenantId("summit");

    /** Demands more than the session was proven by. */
    private static final TenantId STRICT = new TenantId("strict");

    private static final Map<TenantId, TenantRefusal> OBSTACLES =
            Map.of(SUMMIT, TenantRefusal.UNAVAILABLE, STRICT, TenantRefusal.STEP_UP_NEEDED);

    private final TenantChoiceRules rules = new TenantChoiceRules(tenant -> Optional.ofNullable(OBSTACLES.get(tenant)));

    @Test
    void aTenantMeantInAnyWayIsTheOne() {
        assertThat(decide(named(HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.NAMED));
        assertThat(decide(hinted(HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.NAMED));
        assertThat(decide(chosen(HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.CHOSEN));
        assertThat(decide(owned(HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.OWNER));
        assertThat(decide(new SignIn(List.of(HARBOR), HARBOR, HARBOR, only(HARBOR), true, true, List::of)))
                .isEqualTo(TenantChoice.of(HARBOR, Origin.NAMED));
    }

    @Test
    void whatStandsBetweenIsTheAnswerHoweverTheTenantIsMeant() {
        OBSTACLES.forEach((tenant, refusal) -> {
            assertThat(decide(named(tenant))).isEqualTo(TenantChoice.refused(refusal));
            assertThat(decide(hinted(tenant))).isEqualTo(TenantChoice.refused(refusal));
            assertThat(decide(chosen(tenant))).isEqualTo(TenantChoice.refused(refusal));
            assertThat(decide(owned(tenant))).isEqualTo(TenantChoice.refused(refusal));
        });
    }

    @Test
    void waysThatDisagreeAreRefused() {
        assertThat(decide(new SignIn(List.of(HARBOR), NORTHBANK, null, ClientTenants.ALL, false, false, List::of)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.UNAVAILABLE));
        assertThat(decide(new SignIn(List.of(HARBOR), null, null, only(NORTHBANK), false, false, List::of)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.UNAVAILABLE));
        assertThat(decide(named(HARBOR, NORTHBANK))).isEqualTo(TenantChoice.refused(TenantRefusal.AMBIGUOUS));
    }

    @Test
    void whoIsInSeveralIsAskedOnlyIfATenantIsAskedFor() {
        assertThat(decide(open(true, false, NORTHBANK, HARBOR))).isEqualTo(TenantChoice.ask());
        assertThat(decide(open(false, true, NORTHBANK, HARBOR))).isEqualTo(TenantChoice.ask());
        assertThat(decide(open(false, false, NORTHBANK, HARBOR))).isEqualTo(TenantChoice.none());
    }

    @Test
    void theOnlyOneIsTakenWhoeverAsks() {
        assertThat(decide(open(true, false, HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.SOLE));
        assertThat(decide(open(false, false, HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.SOLE));
    }

    @Test
    void theOnlyOneThatDemandsMoreIsLeftOutUnlessItIsAskedFor() {
        assertThat(decide(open(false, false, STRICT))).isEqualTo(TenantChoice.none());
        assertThat(decide(open(true, false, STRICT))).isEqualTo(TenantChoice.refused(TenantRefusal.STEP_UP_NEEDED));
        assertThat(decide(open(false, true, STRICT))).isEqualTo(TenantChoice.refused(TenantRefusal.STEP_UP_NEEDED));
    }

    @Test
    void whoIsInNoneIsKeptOutOfClientsThatWantATenant() {
        assertThat(decide(open(true, false))).isEqualTo(TenantChoice.none());
        assertThat(decide(open(true, true))).isEqualTo(TenantChoice.refused(TenantRefusal.MISSING));
        ClientTenants two = new ClientTenants(false, Set.of(NORTHBANK, HARBOR), false);
        assertThat(decide(new SignIn(List.of(), null, null, two, false, false, List::of)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.UNAVAILABLE));
        assertThat(decide(new SignIn(List.of(), null, null, two, false, false, () -> List.of(HARBOR))))
                .isEqualTo(TenantChoice.of(HARBOR, Origin.SOLE));
    }

    @Test
    void whatPresentsATokenStaysInItsTenantOrGetsNone() {
        assertThat(rules.decide(presented(HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.PINNED));
        assertThat(rules.decide(presented(HARBOR, HARBOR))).isEqualTo(TenantChoice.of(HARBOR, Origin.PINNED));
        assertThat(rules.decide(presented(null))).isEqualTo(TenantChoice.none());
        assertThat(rules.decide(presented(HARBOR, NORTHBANK))).isEqualTo(TenantChoice.refused(TenantRefusal.PINNED));
        assertThat(rules.decide(presented(null, NORTHBANK))).isEqualTo(TenantChoice.refused(TenantRefusal.PINNED));
        assertThat(rules.decide(new Presented(null, List.of(), TenantRefusal.PINNED, true)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.MISSING));
    }

    @Test
    void aTokenWhoseTenantIsLostGetsNothing() {
        assertThat(rules.decide(presented(SUMMIT))).isEqualTo(TenantChoice.refused(TenantRefusal.LOST));
        assertThat(rules.decide(presented(STRICT))).isEqualTo(TenantChoice.refused(TenantRefusal.STEP_UP_NEEDED));
        assertThat(rules.decide(new Presented(SUMMIT, List.of(HARBOR), null, false)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.LOST));
    }

    @Test
    void aClientThatMaySwitchReachesWhatTheSessionIsGoodFor() {
        assertThat(rules.decide(new Presented(HARBOR, List.of(NORTHBANK), null, false)))
                .isEqualTo(TenantChoice.of(NORTHBANK, Origin.NAMED));
        assertThat(rules.decide(new Presented(HARBOR, List.of(STRICT), null, false)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.STEP_UP_NEEDED));
        assertThat(rules.decide(new Presented(HARBOR, List.of(SUMMIT), null, false)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.UNAVAILABLE));
        assertThat(rules.decide(new Presented(HARBOR, List.of(NORTHBANK, STRICT), null, false)))
                .isEqualTo(TenantChoice.refused(TenantRefusal.AMBIGUOUS));
    }

    /** A kind that is added later must say here what it carries. */
    @ParameterizedTest
    @EnumSource
    void eachKindCarriesWhatItSays(TenantChoice.Kind kind) {
        TenantChoice choice = switch (kind) {
            case FOR -> TenantChoice.of(HARBOR, Origin.SOLE);
            case ASK -> TenantChoice.ask();
            case NONE -> TenantChoice.none();
            case REFUSED -> TenantChoice.refused(TenantRefusal.LOST);
        };
        assertThat(choice.kind()).isEqualTo(kind);
        assertThat(choice.tenant().isPresent()).isEqualTo(kind == TenantChoice.Kind.FOR);
        assertThat(choice.origin().isPresent()).isEqualTo(kind == TenantChoice.Kind.FOR);
        assertThat(choice.refusal().isPresent()).isEqualTo(kind == TenantChoice.Kind.REFUSED);
    }

    private TenantChoice decide(SignIn request) {
        return rules.decide(request);
    }

    private static SignIn named(TenantId... tenants) {
        return new SignIn(List.of(tenants), null, null, ClientTenants.ALL, false, false, List::of);
    }

    private static SignIn hinted(TenantId tenant) {
        return new SignIn(List.of(), tenant, null, ClientTenants.ALL, false, false, List::of);
    }

    private static SignIn chosen(TenantId tenant) {
        return new SignIn(List.of(), null, tenant, ClientTenants.ALL, false, false, List::of);
    }

    private static SignIn owned(TenantId tenant) {
        return new SignIn(List.of(), null, null, only(tenant), false, false, List::of);
    }

    private static SignIn open(boolean any, boolean required, TenantId... held) {
        return new SignIn(List.of(), null, null, ClientTenants.ALL, any, required, () -> List.of(held));
    }

    private static Presented presented(@Nullable TenantId pinned, TenantId... named) {
        return new Presented(pinned, List.of(named), TenantRefusal.PINNED, false);
    }

    private static ClientTenants only(TenantId tenant) {
        return new ClientTenants(false, Set.of(tenant), false);
    }
}
