package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every door, for members of no tenant, one, two, a disabled one and one whose rules cannot be used. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordDoorsIT {
    private static final String STRONG = "Second-Harvest-2000!";
    private static final String GOOD_FOR_ONE = "second-harvest-2000";
    private static final String WEAK = "weakling";
    private static final String TOO_SHORT_FOR_THE_REALM = "abc";

    private DoorsRealm doors;
    private TestOrg northbank;
    private TestOrg harbor;
    private TestOrg closed;
    private TestOrg broken;

    /** Whose member somebody is, and what is said to each password; an empty text where it is taken. */
    enum Tenancy {
        NONE,
        ONE,
        TWO,
        DISABLED,
        BROKEN;

        Map<String, String> answers() {
            return switch (this) {
                case NONE -> Map.of(STRONG, "", WEAK, "");
                case ONE -> Map.of(STRONG, "", GOOD_FOR_ONE, "", WEAK, "northbank asks for at least 14 characters.");
                case TWO ->
                    Map.of(
                            STRONG,
                            "",
                            GOOD_FOR_ONE,
                            "harbor asks for at least one upper-case letter.",
                            WEAK,
                            "northbank asks for at least 14 characters.");
                case DISABLED -> Map.of(WEAK, "");
                case BROKEN -> Map.of(STRONG, "broken has a password rule that cannot be used, lenght(3)");
            };
        }

        int tenants() {
            return this == NONE ? 0 : this == TWO ? 2 : 1;
        }
    }

    @BeforeAll
    void open(TestServer server) {
        doors = new DoorsRealm(server);
        northbank = doors.lenders.lender("northbank", "length(14) and digits(1)");
        harbor = doors.lenders.lender("harbor", "upperCase(1)", "regexPattern(.*[!?].*)");
        closed = doors.lenders.lender("closed", "length(60)");
        broken = doors.lenders.lender("broken", "lenght(3)");
        closed.update(Map.of("enabled", false));
    }

    @AfterAll
    void close() {
        doors.close();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("table")
    void doorAsksForTheRulesOfAllTenantsThatCount(Door door, Tenancy tenancy, String password, String answer) {
        String refusal = door.enter(doors, tenants(tenancy), password);

        if (answer.isEmpty()) {
            assertThat(refusal).isEmpty();
        } else if (door.saysWhy()) {
            assertThat(refusal).contains(answer);
        } else {
            assertThat(refusal).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("doorsForTwo")
    void doorSaysAllAtOnce(Door door) {
        assertThat(door.enter(doors, tenants(Tenancy.TWO), TOO_SHORT_FOR_THE_REALM))
                .contains(
                        "minimum length 4.",
                        "northbank asks for at least 14 characters.",
                        "northbank asks for at least one digit.",
                        "harbor asks for at least one upper-case letter.",
                        "harbor asks for a password of a certain form");
    }

    static Stream<Door> doorsForTwo() {
        return Arrays.stream(Door.values()).filter(door -> door.mostTenants() > 1);
    }

    static Stream<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        for (Door door : Door.values()) {
            for (Tenancy tenancy : Tenancy.values()) {
                // Nobody is invited by a lender that is closed
                boolean possible = tenancy.tenants() >= door.fewestTenants()
                        && tenancy.tenants() <= door.mostTenants()
                        && !(door == Door.INVITATION && tenancy == Tenancy.DISABLED);
                if (possible) {
                    tenancy.answers()
                            .forEach((password, answer) -> rows.add(Arguments.of(door, tenancy, password, answer)));
                }
            }
        }
        return rows.stream();
    }

    private List<TestOrg> tenants(Tenancy tenancy) {
        return switch (tenancy) {
            case NONE -> List.of();
            case ONE -> List.of(northbank);
            case TWO -> List.of(northbank, harbor);
            case DISABLED -> List.of(closed);
            case BROKEN -> List.of(broken);
        };
    }
}
