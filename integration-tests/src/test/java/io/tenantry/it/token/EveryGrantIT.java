package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Mailbox;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestServer;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every grant and door gives in every setting, as a table.
 *
 * <p>Rows name the grant and what it asks for; where there is a choice, northbank is picked. Alice is of both lenders, the
 * clerk of harbor alone, the service account of northbank alone. "n's", "h's" and "-'s" is a presented token for
 * northbank, harbor or no tenant; one that the setting would not let come to be is from before the setting.
 *
 * <p>Columns are settings ({@link GrantRealm.Setting}), first with {@code tenant-access} in the flows, then, with an
 * apostrophe, with Keycloak's own flows: there without renamed claims and a default scope, which no flow reads. Settings
 * are not crossed with one another. Sessions of "via-h" came through harbor's identity provider, as far as a browser or a
 * presented token has one; all other grants of that column have sessions of their own.
 *
 * <p>Cells: n and h are northbank and harbor, - a token without a tenant, all in each document that tells of it. Refusals:
 * scope is invalid_scope, stepup interaction_required, denied access_denied, ended invalid_grant, page a page that says
 * why (403). A dot: there is no such thing, as a session of one lender's provider has no token and no tab of the other's.
 */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryGrantIT {
    private static final String WITH_TENANT_ACCESS = """
                                                  | plain     level     idp       via-h     own-n     own-h     required  renamed   default
            browser, northbank                    | n         n         n         denied    n         page      n         n         n
            browser, openid                       | -         -         -         -         n         h         n         -         -
            browser, organization                 | n         n         n         denied    n         page      n         n         n
            browser, organization:*               | n         n         n         denied    n         h         n         n         n
            implicit, northbank                   | n         n         n         page      n         page      n         n         n
            password, northbank                   | n         stepup    stepup    n         n         scope     n         n         n
            password, openid                      | -         -         -         -         n         h         scope     -         -
            password, organization:*              | -         -         -         -         n         h         scope     -         -
            reset mail, northbank                 | n         stepup    stepup    n         n         scope     n         n         n
            device, northbank                     | n         n         n         denied    n         page      n         n         n
            device, organization:*                | n         n         n         -         n         h         n         n         n
            CIBA, northbank                       | n         stepup    stepup    n         n         scope     n         n         n
            CIBA, openid                          | -         -         -         -         n         h         scope     -         -
            service account, northbank            | n         n         n         n         n         scope     n         n         n
            service account, openid               | n         n         n         n         n         scope     n         n         n
            made-up grant, northbank              | -         -         -         -         -         -         scope     -         -
            made-up grant, openid                 | -         -         -         -         -         -         scope     -         -
            browser, harbor's clerk, openid       | h         h         h         h         page      h         h         h         h
            password, harbor's clerk, openid      | h         h         h         h         scope     h         h         h         h
            made-up grant, harbor's clerk, openid | -         -         -         -         scope     -         scope     -         -
            refresh of n's                        | n         n         n         ·         n         ended     n         n         n
            refresh of n's, harbor                | scope     scope     scope     ·         scope     ended     scope     scope     scope
            refresh of h's, northbank             | scope     scope     scope     scope     ended     scope     scope     scope     scope
            refresh of -'s, northbank             | scope     scope     scope     scope     scope     scope     scope     scope     scope
            exchange of n's                       | n         n         n         ·         n         ended     n         n         n
            exchange of h's, northbank            | denied    denied    denied    denied    ended     denied    denied    denied    denied
            exchange of -'s, northbank            | denied    denied    denied    denied    denied    denied    denied    denied    denied
            switch from h's to northbank          | n         stepup    stepup    denied    ended     scope     n         n         n
            switch from -'s to northbank          | n         stepup    stepup    denied    n         scope     n         n         n
            UMA with n's, a tab of harbor         | n         n         ·         ·         n         ended     n         n         n
            UMA with -'s, a tab of harbor         | -         -         -         -         -         -         scope     -         -
            UMA with n's ID token, a tab of h     | n         n         ·         ·         n         ended     n         n         n
            UMA at a switcher with n's, harbor    | scope     scope     scope     ·         scope     ended     scope     scope     scope
            UMA with n's, by ticket               | n         n         n         ·         n         ended     n         n         n
            UMA with n's, membership lost         | ended     ended     ended     ·         ended     ended     ended     ended     ended
            userinfo of n's, a tab of harbor      | n         n         ·         ·         n         401       n         n         n
            introspection of n's, a tab of harbor | n         n         ·         ·         n         inactive  n         n         n
            userinfo of -'s, a tab of harbor      | -         -         -         -         -         -         -         -         -
            introspection of -'s, a tab of harbor | -         -         -         -         -         -         -         -         -
            the switcher's list with n's          | h[n]      h[n]      h[n]      ·         [n]       h         h[n]      h[n]      h[n]
            UMA with n's, tenant revoked          | ended     ended     ended     ·         ended     ended     ended     ended     ended
            """;

    private static final String WITH_KEYCLOAKS_FLOWS = """
                                                  | plain'    level'    idp'      via-h'    own-n'    own-h'    required'
            browser, northbank                    | n         stepup    stepup    denied    n         scope     n
            browser, openid                       | -         -         -         -         n         h         scope
            browser, organization                 | n         stepup    stepup    -         n         h         n
            browser, organization:*               | -         -         -         -         n         h         scope
            implicit, northbank                   | n         page      page      page      n         page      n
            password, northbank                   | n         stepup    stepup    n         n         scope     n
            password, openid                      | -         -         -         -         n         h         scope
            password, organization:*              | -         -         -         -         n         h         scope
            reset mail, northbank                 | n         stepup    stepup    n         n         scope     n
            device, northbank                     | n         stepup    stepup    denied    n         scope     n
            device, organization:*                | -         -         -         -         n         h         scope
            CIBA, northbank                       | n         stepup    stepup    n         n         scope     n
            CIBA, openid                          | -         -         -         -         n         h         scope
            service account, northbank            | n         n         n         n         n         scope     n
            service account, openid               | n         n         n         n         n         scope     n
            made-up grant, northbank              | -         -         -         -         -         -         scope
            made-up grant, openid                 | -         -         -         -         -         -         scope
            browser, harbor's clerk, openid       | h         h         h         h         scope     h         h
            password, harbor's clerk, openid      | h         h         h         h         scope     h         h
            made-up grant, harbor's clerk, openid | -         -         -         -         scope     -         scope
            refresh of n's                        | n         stepup    n         ·         n         ended     n
            refresh of n's, harbor                | scope     stepup    scope     ·         scope     ended     scope
            refresh of h's, northbank             | scope     scope     scope     scope     ended     scope     scope
            refresh of -'s, northbank             | scope     scope     scope     scope     scope     scope     scope
            exchange of n's                       | n         stepup    n         ·         n         ended     n
            exchange of h's, northbank            | denied    denied    denied    denied    ended     denied    denied
            exchange of -'s, northbank            | denied    denied    denied    denied    denied    denied    denied
            switch from h's to northbank          | n         stepup    stepup    denied    ended     scope     n
            switch from -'s to northbank          | n         stepup    stepup    denied    n         scope     n
            UMA with n's, a tab of harbor         | n         stepup    ·         ·         n         ended     n
            UMA with -'s, a tab of harbor         | -         -         -         -         -         -         scope
            UMA with n's ID token, a tab of h     | n         stepup    ·         ·         n         ended     n
            UMA at a switcher with n's, harbor    | scope     scope     scope     ·         scope     ended     scope
            UMA with n's, by ticket               | n         stepup    n         ·         n         ended     n
            UMA with n's, membership lost         | ended     ended     ended     ·         ended     ended     ended
            userinfo of n's, a tab of harbor      | n         n         ·         ·         n         401       n
            introspection of n's, a tab of harbor | n         n         ·         ·         n         inactive  n
            userinfo of -'s, a tab of harbor      | -         -         -         -         -         -         -
            introspection of -'s, a tab of harbor | -         -         -         -         -         -         -
            the switcher's list with n's          | h[n]      h[n]      h[n]      ·         [n]       h         h[n]
            UMA with n's, tenant revoked          | ended     ended     ended     ·         ended     ended     ended
            """;

    private static final List<List<String>> TABLES = Stream.of(WITH_TENANT_ACCESS, WITH_KEYCLOAKS_FLOWS)
            .map(table -> table.lines().toList())
            .toList();

    /** What a row does. */
    @FunctionalInterface
    private interface Door {
        String open(GrantRealm realm) throws Exception;
    }

    private static final Map<String, Door> DOORS = doors();

    private static final Map<String, GrantRealm.Setting> SETTINGS = Map.of(
            "plain", GrantRealm.Setting.PLAIN,
            "level", GrantRealm.Setting.LEVEL,
            "idp", GrantRealm.Setting.PROVIDER,
            "via-h", GrantRealm.Setting.THROUGH_HARBOR,
            "own-n", GrantRealm.Setting.OF_NORTHBANK,
            "own-h", GrantRealm.Setting.OF_HARBOR,
            "required", GrantRealm.Setting.REQUIRED,
            "renamed", GrantRealm.Setting.RENAMED,
            "default", GrantRealm.Setting.DEFAULT);

    private TestServer server;
    private Phone phone;
    private Mailbox mail;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        phone = new Phone();
        mail = new Mailbox();
        server = new TestServer(new StackSettings()
                .option(Phone.OPTION, phone.uri())
                .provider(MadeUpGrant.jar(directory))
                .start());
    }

    @AfterAll
    void stop() {
        server.close();
        mail.close();
        phone.close();
    }

    private static Map<String, Door> doors() {
        Map<String, Door> doors = new LinkedHashMap<>();
        for (String scope : List.of("northbank", "openid", "organization", "organization:*")) {
            doors.put("browser, " + scope, realm -> realm.browser(scope));
        }
        doors.put("implicit, northbank", realm -> realm.implicit("northbank"));
        for (String scope : List.of("northbank", "openid", "organization:*")) {
            doors.put("password, " + scope, realm -> realm.password(scope));
        }
        doors.put("reset mail, northbank", realm -> realm.resetMail("northbank"));
        doors.put("device, northbank", realm -> realm.device("northbank"));
        doors.put("device, organization:*", realm -> realm.device("organization:*"));
        doors.put("CIBA, northbank", realm -> realm.ciba("northbank"));
        doors.put("CIBA, openid", realm -> realm.ciba("openid"));
        doors.put("service account, northbank", realm -> realm.serviceAccount("northbank"));
        doors.put("service account, openid", realm -> realm.serviceAccount("openid"));
        doors.put("made-up grant, northbank", realm -> realm.madeUp("northbank"));
        doors.put("made-up grant, openid", realm -> realm.madeUp("openid"));
        doors.put("browser, harbor's clerk, openid", realm -> realm.browserOfTheClerk("openid"));
        doors.put("password, harbor's clerk, openid", realm -> realm.passwordOfTheClerk("openid"));
        doors.put("made-up grant, harbor's clerk, openid", realm -> realm.madeUpOfTheClerk("openid"));
        doors.put("refresh of n's", realm -> realm.refresh("northbank", "openid"));
        doors.put("refresh of n's, harbor", realm -> realm.refresh("northbank", "harbor"));
        doors.put("refresh of h's, northbank", realm -> realm.refresh("harbor", "northbank"));
        doors.put("refresh of -'s, northbank", realm -> realm.refresh("none", "northbank"));
        doors.put("exchange of n's", realm -> realm.exchange("northbank", "openid"));
        doors.put("exchange of h's, northbank", realm -> realm.exchange("harbor", "northbank"));
        doors.put("exchange of -'s, northbank", realm -> realm.exchange("none", "northbank"));
        doors.put("switch from h's to northbank", realm -> realm.exchangeOfASwitcher("harbor", "northbank"));
        doors.put("switch from -'s to northbank", realm -> realm.exchangeOfASwitcher("none", "northbank"));
        doors.put("UMA with n's, a tab of harbor", realm -> realm.uma("northbank", "harbor"));
        doors.put("UMA with -'s, a tab of harbor", realm -> realm.uma("none", "harbor"));
        doors.put("UMA with n's ID token, a tab of h", realm -> realm.umaWithIdToken("northbank", "harbor"));
        doors.put("UMA at a switcher with n's, harbor", realm -> realm.umaAtASwitcher("northbank", "harbor"));
        doors.put("UMA with n's, by ticket", realm -> realm.umaByTicket("northbank"));
        doors.put("UMA with n's, membership lost", GrantRealm::umaAfterTheLoss);
        doors.put("userinfo of n's, a tab of harbor", realm -> realm.userinfo("northbank", "harbor"));
        doors.put("introspection of n's, a tab of harbor", realm -> realm.introspection("northbank", "harbor"));
        doors.put("userinfo of -'s, a tab of harbor", realm -> realm.userinfo("none", "harbor"));
        doors.put("introspection of -'s, a tab of harbor", realm -> realm.introspection("none", "harbor"));
        doors.put("the switcher's list with n's", realm -> realm.switcher("northbank"));
        doors.put("UMA with n's, tenant revoked", GrantRealm::umaAfterTheOrder);
        return doors;
    }

    @ParameterizedTest
    @MethodSource("columns")
    void whatComesOfEveryGrant(String column) {
        Map<String, String> expected = expected(column);
        Map<String, String> seen = new LinkedHashMap<>();
        GrantRealm.Setting setting = SETTINGS.get(column.replace("'", ""));
        try (GrantRealm realm = new GrantRealm(server, setting, !column.endsWith("'"), phone, mail)) {
            expected.keySet().forEach(row -> seen.put(row, opened(row, realm)));
        }
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void everyDoorHasARow() {
        for (List<String> table : TABLES) {
            assertThat(table.stream().skip(1).map(EveryGrantIT::row)).containsExactlyElementsOf(DOORS.keySet());
        }
    }

    static List<String> columns() {
        return TABLES.stream().flatMap(table -> cells(table.get(0)).stream()).toList();
    }

    /** By row, without those that do not apply. */
    private static Map<String, String> expected(String column) {
        List<String> table = TABLES.stream()
                .filter(each -> cells(each.get(0)).contains(column))
                .findFirst()
                .orElseThrow();
        List<String> header = cells(table.get(0));
        Map<String, String> expected = new LinkedHashMap<>();
        for (String line : table.subList(1, table.size())) {
            List<String> cells = cells(line);
            assertThat(cells).as(line).hasSameSizeAs(header);
            String cell = cells.get(header.indexOf(column));
            if (!cell.equals("·")) {
                expected.put(row(line), cell);
            }
        }
        return expected;
    }

    /** What went wrong stands in the cell, so that one broken door does not hide the others. */
    private static String opened(String row, GrantRealm realm) {
        try {
            return cell(Objects.requireNonNull(DOORS.get(row), row).open(realm));
        } catch (Exception | AssertionError e) {
            return e.toString();
        }
    }

    private static String cell(String outcome) {
        return switch (outcome) {
            case GrantRealm.NORTHBANK -> "n";
            case GrantRealm.HARBOR -> "h";
            case GrantRealm.NONE -> "-";
            default -> outcome;
        };
    }

    private static String row(String line) {
        return line.substring(0, line.indexOf('|')).strip();
    }

    private static List<String> cells(String line) {
        return List.of(line.substring(line.indexOf('|') + 1).strip().split(" +", -1));
    }
}
