package io.tenantry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.pages.PageTenantRules.Clue;
import io.tenantry.pages.PageTenantRules.Person;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageTenantRulesTest {
    private static final String DISABLED = "closed";
    private static final Set<String> OWN = Set.of("northbank", DISABLED);

    private final PageTenantRules<String> rules =
            new PageTenantRules<>(tenant -> !tenant.equals(DISABLED), OWN::contains);

    @ParameterizedTest
    @EnumSource(
            value = Clue.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LEAVING", "SOLE"})
    void beforeAnyoneIsNamedWhateverTellsDecides(Clue clue) {
        assertThat(decide(Person.UNKNOWN, Map.of(clue, "harbor"))).contains("harbor");
    }

    @ParameterizedTest
    @EnumSource(
            value = Clue.class,
            names = {"SETTLED", "LEAVING", "SOLE"})
    void whatKeycloakKnowsOfAPersonIsNotShownToWhoTypedTheName(Clue clue) {
        assertThat(decide(Person.CLAIMED, Map.of(clue, "northbank"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Clue.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SETTLED", "LEAVING", "SOLE"})
    void whatAStrangerSaysIsShownWhetherThePersonIsThereOrNot(Clue clue) {
        for (String tenant : Set.of("northbank", "harbor")) {
            assertThat(decide(Person.CLAIMED, Map.of(clue, tenant))).contains(tenant);
        }
    }

    @ParameterizedTest
    @EnumSource(Clue.class)
    void onceProvenAPersonSeesTheirOwn(Clue clue) {
        assertThat(decide(Person.PROVEN, Map.of(clue, "northbank"))).contains("northbank");
    }

    @ParameterizedTest
    @EnumSource(value = Clue.class, mode = EnumSource.Mode.EXCLUDE, names = "REJECTED_FOR")
    void onceProvenAPersonSeesNoOther(Clue clue) {
        assertThat(decide(Person.PROVEN, Map.of(clue, "harbor"))).isEmpty();
    }

    @Test
    void whoIsTurnedAwaySeesWho() {
        assertThat(decide(Person.PROVEN, Map.of(Clue.REJECTED_FOR, "harbor", Clue.SOLE, "northbank")))
                .contains("harbor");
    }

    @ParameterizedTest
    @EnumSource(
            value = Clue.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LEAVING", "SOLE"})
    void aDisabledTenantIsNotShown(Clue clue) {
        assertThat(decide(Person.UNKNOWN, Map.of(clue, DISABLED))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Clue.class,
            names = {"LEAVING", "SOLE"})
    void whatIsKnownOfAPersonIsShownToNobodyElse(Clue clue) {
        assertThat(decide(Person.UNKNOWN, Map.of(clue, "northbank"))).isEmpty();
    }

    @Test
    void whoLeavesSeesWhomTheyLeave() {
        assertThat(decide(Person.PROVEN, Map.of(Clue.LEAVING, "northbank", Clue.ADDRESS, "harbor")))
                .contains("northbank");
    }

    @Test
    void theFirstClueDecidesEvenWhereItShowsNothing() {
        assertThat(decide(Person.UNKNOWN, Map.of(Clue.HINTED, DISABLED, Clue.ADDRESS, "northbank")))
                .isEmpty();
    }

    @Test
    void withoutAClueItIsThePlatform() {
        assertThat(decide(Person.PROVEN, Map.of())).isEmpty();
    }

    private Optional<String> decide(Person person, Map<Clue, String> clues) {
        return rules.decide(person, clue -> Optional.ofNullable(clues.get(clue)));
    }
}
