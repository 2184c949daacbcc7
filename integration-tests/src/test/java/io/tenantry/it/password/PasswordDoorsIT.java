package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every door, for members of no tenant, one, two, a disabled one and one whose rules cannot be used. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordDoorsIT {
    /**
     * What is tried: {@code o} a good password, {@code w} a weak one, {@code r} one used before, {@code e} one that has
     * expired. A dash stands where nothing can be, for the reason at the end of the row.
     */
    private static final String TABLE = """
            door                                     | none    | one     | two     | disabled | broken  | why not
            ADMIN_SETS_IT                            | o w r e | o w r e | o w r e | o w r e  | o w r e |
            ADMIN_UPDATES_THE_USER                   | o w r e | o w r e | o w r e | o w r e  | o w r e |
            REQUIRED_ACTION                          | o w r e | o w r e | o w r e | o w r e  | o w r e |
            ACCOUNT_CONSOLE                          | o w r e | o w r e | o w r e | o w r e  | o w r e |
            RESET_BY_EMAIL                           | o w r e | o w r e | o w r e | o w r e  | o w r e |
            ADMIN_CREATES_THE_USER                   | o w - e | o w - e | - - - - | o w - e  | o w - e | a new user has used none, and is known by one email domain
            USER_IMPORT                              | o w - e | o w - e | - - - - | o w - e  | o w - e | a new user has used none, and is known by one email domain
            REGISTRATION                             | o w - - | o w - - | - - - - | o w - -  | o w - - | a new user has used none, its password is new, and it is known by one email domain
            REGISTRATION_WITH_EMAIL_AS_USERNAME      | o w - - | o w - - | - - - - | o w - -  | o w - - | a new user has used none, its password is new, and it is known by one email domain
            REGISTRATION_FOR_THE_TENANT_IN_THE_SCOPE | - - - - | o w - - | o w - - | - - - -  | o w - - | as above; no scope is no tenant, which is REGISTRATION; stock knows no scope of a disabled tenant
            INVITATION                               | - - - - | o w - - | o w - - | - - - -  | o w - - | as above; nobody is invited by no tenant or a disabled one
            FIRST_BROKER_LOGIN                       | o w - - | o w - - | - - - - | o w - -  | o w - - | a new user has used none, its password is new, and it is known by one email domain
            """;

    private static final String STRONG = "Second-Harvest-2000!";
    private static final String GOOD_FOR_ONE = "second-harvest-2000";
    private static final String WEAK = "weakling";
    private static final String TOO_SHORT_FOR_THE_REALM = "abc";

    private static final String TAKEN = "";
    private static final String TOO_SHORT = "northbank asks for at least 14 characters.";
    private static final String USED = "northbank asks for a password other than your last 3.";
    private static final String UNUSABLE = "broken has a password rule that cannot be used, lenght(3)";

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
                case NONE, DISABLED -> Map.of(STRONG, TAKEN, WEAK, TAKEN, DoorsRealm.FIRST_PASSWORD, TAKEN);
                case ONE ->
                    Map.of(STRONG, TAKEN, GOOD_FOR_ONE, TAKEN, WEAK, TOO_SHORT, DoorsRealm.FIRST_PASSWORD, USED);
                case TWO ->
                    Map.of(
                            STRONG,
                            TAKEN,
                            GOOD_FOR_ONE,
                            "harbor asks for at least one upper-case letter.",
                            WEAK,
                            TOO_SHORT,
                            DoorsRealm.FIRST_PASSWORD,
                            USED);
                case BROKEN -> Map.of(STRONG, UNUSABLE, WEAK, UNUSABLE, DoorsRealm.FIRST_PASSWORD, UNUSABLE);
            };
        }

        /** Whether a login with an expired password is asked to change it; not where no change can be made. */
        boolean expires() {
            return this == ONE || this == TWO;
        }
    }

    @BeforeAll
    void open(TestServer server) {
        doors = new DoorsRealm(server);
        String[] overTime = {"passwordHistory(3)", "forceExpiredPasswordChange(30)"};
        northbank = doors.lenders.lender("northbank", "length(14) and digits(1)", overTime[0], overTime[1]);
        harbor = doors.lenders.lender("harbor", "upperCase(1)", "regexPattern(.*[!?].*)");
        closed = doors.lenders.lender("closed", "length(60)", overTime[0], overTime[1]);
        broken = doors.lenders.lender("broken", "lenght(3)", overTime[0], overTime[1]);
        closed.update(Map.of("enabled", false));
    }

    @AfterAll
    void close() {
        doors.close();
    }

    @Test
    void everyDoorIsInTheTableAndEveryGapHasItsReason() {
        assertThat(lines().map(line -> line.get(0)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Door.values()).map(Door::name).toList());
        assertThat(lines()).allSatisfy(line -> {
            assertThat(line).hasSize(7);
            String cells = line.subList(1, 6).stream().collect(Collectors.joining());
            assertThat(cells.contains("-"))
                    .as(line.get(0))
                    .isEqualTo(!line.get(6).isEmpty());
            assertThat(line.subList(1, 6)).allMatch(cell -> cell.matches("[o-] [w-] [r-] [e-]"));
        });
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("passwords")
    void doorAsksForTheRulesOfAllTenantsThatCount(Door door, Tenancy tenancy, String password, String answer) {
        String refusal = door.enter(doors, tenants(tenancy), password);

        if (answer.isEmpty()) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).contains(answer);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("usersDoors")
    void expiredPasswordIsAskedForUntilItIsChangedHere(Door door, Tenancy tenancy) {
        TestUser user = doors.userWithExpiredPassword(tenants(tenancy));
        assertThat(mustChange(user.username(), DoorsRealm.FIRST_PASSWORD)).isEqualTo(tenancy.expires());

        if (tenancy == Tenancy.BROKEN) {
            assertThat(door.change(doors, user, STRONG)).contains(UNUSABLE);
        } else {
            assertThat(door.change(doors, user, STRONG)).isEmpty();
            assertThat(mustChange(user.username(), STRONG)).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("importersDoors")
    void expiredPasswordThatComesInAsAHashMustBeChangedAtTheFirstLogin(Door door, Tenancy tenancy) {
        Map<String, Object> user = Door.newUser(tenants(tenancy), OldPassword.credential(DoorsRealm.FIRST_PASSWORD));
        door.bring(doors, user);

        assertThat(mustChange((String) user.get("username"), DoorsRealm.FIRST_PASSWORD))
                .isEqualTo(tenancy.expires());
    }

    @ParameterizedTest
    @MethodSource("doorsForTwo")
    void doorSaysAllAtOnce(Door door) {
        assertThat(door.enter(doors, tenants(Tenancy.TWO), TOO_SHORT_FOR_THE_REALM))
                .contains(
                        "minimum length 4.",
                        TOO_SHORT,
                        "northbank asks for at least one digit.",
                        "harbor asks for at least one upper-case letter.",
                        "harbor asks for a password of a certain form");
    }

    static Stream<Arguments> passwords() {
        List<Arguments> rows = new ArrayList<>();
        for (Cell cell : cells().toList()) {
            cell.tenancy().answers().forEach((password, answer) -> {
                if (cell.tries(password)) {
                    rows.add(Arguments.of(cell.door(), cell.tenancy(), password, answer));
                }
            });
        }
        return rows.stream();
    }

    static Stream<Arguments> usersDoors() {
        return expiring().filter(cell -> cell.tried().contains("r")).map(Cell::arguments);
    }

    static Stream<Arguments> importersDoors() {
        return expiring().filter(cell -> !cell.tried().contains("r")).map(Cell::arguments);
    }

    static Stream<Door> doorsForTwo() {
        return cells().filter(
                        cell -> cell.tenancy() == Tenancy.TWO && cell.tried().contains("w"))
                .map(Cell::door);
    }

    private static Stream<Cell> expiring() {
        return cells().filter(cell -> cell.tried().contains("e"));
    }

    /** One cell of the table. */
    private record Cell(Door door, Tenancy tenancy, String tried) {
        boolean tries(String password) {
            return tried.contains(
                    switch (password) {
                        case STRONG -> "o";
                        case DoorsRealm.FIRST_PASSWORD -> "r";
                        default -> "w";
                    });
        }

        Arguments arguments() {
            return Arguments.of(door, tenancy);
        }
    }

    private static Stream<Cell> cells() {
        List<String> head = columns(TABLE.lines().findFirst().orElseThrow());
        return lines().flatMap(line -> Arrays.stream(Tenancy.values())
                .map(tenancy -> new Cell(
                        Door.valueOf(line.get(0)),
                        tenancy,
                        line.get(head.indexOf(tenancy.name().toLowerCase(Locale.ROOT))))));
    }

    private static Stream<List<String>> lines() {
        return TABLE.lines().skip(1).map(PasswordDoorsIT::columns);
    }

    private static List<String> columns(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }

    private boolean mustChange(String username, String password) {
        return doors.lenders
                .app
                .open(new Browser(), "openid")
                .credentials(new TestUser(doors.lenders.realm, "", username), password)
                .page()
                .hasField("password-new");
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
