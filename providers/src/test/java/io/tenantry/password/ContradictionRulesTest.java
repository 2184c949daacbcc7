package io.tenantry.password;

import static io.tenantry.password.StrictestRulesTest.understood;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.password.ContradictionRules.Contradiction;
import io.tenantry.password.ContradictionRules.Lengths;
import io.tenantry.password.ContradictionRules.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContradictionRulesTest {
    private static final Lengths NO_FLOOR = of("realm");

    private final List<String> asked = new ArrayList<>();

    @Test
    void rulesThatNoPasswordMeets() {
        assertThat(find(NO_FLOOR, of("north", "length(20)", "maxLength(19)")))
                .containsExactly(new Contradiction("north", List.of(), 20, 19, false, null));
        assertThat(find(NO_FLOOR, of("north", "length(20)", "maxLength(20)"))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void characterClassesAddUp() {
        assertThat(find(
                        NO_FLOOR,
                        of("north", "digits(3)", "lowerCase(3)", "upperCase(3)", "specialChars(3)", "maxLength(11)")))
                .singleElement()
                .satisfies(found -> assertThat(found.text())
                        .isEqualTo("its rules need at least 12 characters, and it allows at most 11"));
    }

    @Test
    void realmThatContradictsItselfIsSaidOnce() {
        assertThat(find(
                        of("realm", "length(9)", "maxLength(8)"),
                        of("north", "length(14)"),
                        of("harbor", "length(15)")))
                .containsExactly(new Contradiction("realm", List.of(), 9, 8, false, null));
    }

    @Test
    void lenderThatAsksForMoreThanTheRealmAllows() {
        assertThat(find(of("realm", "maxLength(12)"), of("north", "length(14)"), of("harbor", "length(12)")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.source()).isEqualTo("north");
                    assertThat(found.text())
                            .isEqualTo("its rules need at least 14 characters, and the realm allows at most 12");
                });
    }

    @Test
    void lenderThatAllowsLessThanTheRealmNeeds() {
        assertThat(find(of("realm", "length(9)"), of("north", "maxLength(8)")))
                .containsExactly(new Contradiction("north", List.of(), 9, 8, false, null));
    }

    @Test
    void lendersWithAMemberInCommonAreNamedWithTheMember() {
        Lengths harbor = of("harbor", "digits(9)");
        Lengths north = of("north", "maxLength(12)", "maxLength(15)", "lowerCase(4)");
        Lengths summit = of("summit", "maxLength(64)");
        assertThat(find(
                        NO_FLOOR,
                        List.of(harbor, north, summit),
                        new Member("one", Set.of("north", "summit")),
                        new Member("two", Set.of("north", "harbor", "summit", "without-rules"))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.source()).isEqualTo("north");
                    assertThat(found.others()).containsExactly("harbor");
                    assertThat(found.text())
                            .isEqualTo("its rules and those of harbor need at least 13 characters, and it allows at"
                                    + " most 12; user two belongs to all of them");
                });
        assertThat(asked).containsExactly("north");
    }

    @Test
    void lendersWithoutAMemberInCommonAreNamedToo() {
        assertThat(find(NO_FLOOR, of("harbor", "length(20)"), of("north", "maxLength(12)")))
                .singleElement()
                .satisfies(found -> assertThat(found.text())
                        .isEqualTo("its rules and those of harbor need at least 20 characters, and it allows at most"
                                + " 12; nobody who belongs to all of them was found yet"));
    }

    @Test
    void threeLendersThatContradictOnlyTogether() {
        List<Lengths> three =
                List.of(of("a", "digits(5)"), of("b", "lowerCase(4)"), of("c", "maxLength(10)", "upperCase(2)"));
        assertThat(find(NO_FLOOR, three, new Member("everywhere", Set.of("a", "b", "c"))))
                .containsExactly(new Contradiction("c", List.of("a", "b"), 11, 10, false, "everywhere"));
        assertThat(find(NO_FLOOR, three, new Member("elsewhere", Set.of("a", "c"))))
                .isEmpty();
    }

    @Test
    void rulesOfTheRealmCountForTheLenders() {
        assertThat(find(
                        of("realm", "digits(3)", "maxLength(30)"),
                        List.of(of("a", "lowerCase(4)"), of("b", "maxLength(6)")),
                        new Member("u", Set.of("a", "b"))))
                .containsExactly(new Contradiction("b", List.of("a"), 7, 6, false, "u"));
    }

    @Test
    void limitThatIsHighEnoughForAllTogetherAsksForNoMembers() {
        assertThat(find(
                        NO_FLOOR,
                        of("a", "length(14)"),
                        of("b", "digits(4)", "upperCase(4)"),
                        of("c", "maxLength(14)")))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void lendersWithoutALimitContradictNobody() {
        assertThat(find(NO_FLOOR, of("a", "length(99)"), of("b", "length(100)")))
                .isEmpty();
        assertThat(of("a", "length(99)").limit()).isEqualTo(Integer.MAX_VALUE);
        assertThat(of("a", "length(" + Integer.MAX_VALUE + ")", "digits(" + Integer.MAX_VALUE + ")", "upperCase(5)")
                        .least())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void thousandLendersAreComparedWithoutAskingForMembers() {
        List<Lengths> many = IntStream.range(0, 1_000)
                .mapToObj(i -> of("lender" + i, "length(" + (8 + i % 12) + ")", "maxLength(64)"))
                .toList();
        assertThat(find(NO_FLOOR, many)).isEmpty();
        assertThat(asked).isEmpty();
    }

    private static Lengths of(String source, String... rules) {
        return Lengths.of(source, understood(rules));
    }

    private List<Contradiction> find(Lengths floor, Lengths... lenders) {
        return find(floor, List.of(lenders));
    }

    private List<Contradiction> find(Lengths floor, List<Lengths> lenders, Member... members) {
        return new ContradictionRules(floor, lenders).find(tenant -> {
            asked.add(tenant);
            return Stream.of(members).filter(member -> member.sources().contains(tenant));
        });
    }
}
