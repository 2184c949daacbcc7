package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.stack.Database;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What needs a server of its own: a database to look into and to write a thousand memberships into, a folder of breach
 * lists, and a theme that prints whatever a page is given.
 */
@ProcessesOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordDatabaseIT {
    private static final int TENANTS = 1_000;
    private static final int THREADS = 8;
    private static final int CHANGES = 15;
    private static final int LINES = 3_000_000;
    private static final List<String> BREACHED = List.of("Correct-Horse-1-Battery", "Tr0ub4dor-and-3-more");

    private static Path folder;

    private Stack stack;
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Path lists = Files.createDirectories(folder.resolve("lists"));
        writeList(lists.resolve("breached.txt"));
        stack = new StackSettings()
                .database(Database.POSTGRES)
                .option("spi-password-policy--not-breached--lists-path", lists.toString())
                .provider(nosyTheme(folder.resolve("nosy-theme.jar")))
                .start();
        server = new TestServer(stack);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void memberOfAThousandTenantsIsHeldToAllOfThem() throws SQLException {
        try (TestRealm realm = server.createRealm(Map.of("passwordPolicy", Lenders.POLICY))) {
            TestUser everybody = realm.user("everybody", Map.of("credentials", List.of()));
            IntStream.range(0, TENANTS).forEach(i -> organization(realm, i));
            joinAll(realm, everybody);

            assertThat(everybody.resetPassword("only-nine").asString())
                    .contains(
                            "other organizations asks for at least 10 characters.",
                            "other organizations asks for at least 14 characters.")
                    .doesNotContain("at least 9 characters");
            long start = System.nanoTime();
            assertThat(everybody.resetPassword("long-enough-for-all").statusCode())
                    .isEqualTo(204);
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.println("A password change of a member of " + TENANTS + " tenants took " + millis + " ms");
            assertThat(millis).isLessThan(30_000);
            assertThat(everybody.resetPassword("long-enough-for-all").asString())
                    .contains("other than your last 3");
            assertThat(realm.admin()
                            .get("/tenantry/users/{id}/password-policy", everybody.id())
                            .jsonPath()
                            .getList("tenant"))
                    .contains("lender-0", "lender-999");
        }
    }

    private static void organization(TestRealm realm, int i) {
        realm.admin()
                .body(Map.of(
                        "name",
                        "lender-" + i,
                        "alias",
                        "lender-" + i,
                        "domains",
                        List.of(Map.of("name", "lender-" + i + ".example")),
                        "attributes",
                        Map.of("password-policy", List.of("length(" + (8 + i % 7) + ")", "passwordHistory(3)"))))
                .post("/organizations")
                .then()
                .statusCode(201);
    }

    /** By the table: through the admin API each membership costs more than the one before, minutes in all. */
    private void joinAll(TestRealm realm, TestUser user) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into user_group_membership (group_id, user_id, membership_type)"
                                + " select group_id, ?, 'UNMANAGED' from org where alias like 'lender-%'")) {
            insert.setString(1, user.id());
            assertThat(insert.executeUpdate()).isEqualTo(TENANTS);
        }
        realm.admin().post("/clear-user-cache").then().statusCode(204);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(stack.postgres().jdbcUrl(), "postgres", "postgres");
    }

    @Test
    void changesAtOnceNeverSeeEachOthersPolicyAndTheRealmIsNeverWritten() throws Exception {
        try (Lenders lenders = new Lenders(server, Map.of("adminEventsEnabled", true))) {
            TestOrg digits = lenders.lender("digits", "regexPattern([0-9]+)");
            TestOrg letters = lenders.lender("letters", "regexPattern([a-z]+)");
            List<TestUser> users = IntStream.range(0, THREADS)
                    .mapToObj(i -> lenders.user(i % 2 == 0 ? digits : letters))
                    .toList();
            List<String> before = rowsThatHoldPolicies(lenders.realm);
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            try {
                List<Callable<List<Integer>>> work = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    boolean even = thread % 2 == 0;
                    TestUser user = users.get(thread);
                    work.add(() -> {
                        List<Integer> statuses = new ArrayList<>();
                        for (int i = 0; i < CHANGES; i++) {
                            statuses.add(user.resetPassword(even ? "1234567" : "abcdefg")
                                    .statusCode());
                            statuses.add(user.resetPassword(even ? "abcdefg" : "1234567")
                                    .statusCode());
                        }
                        return statuses;
                    });
                }
                for (Future<List<Integer>> result : pool.invokeAll(work)) {
                    for (int i = 0; i < 2 * CHANGES; i += 2) {
                        assertThat(result.get().subList(i, i + 2)).containsExactly(204, 400);
                    }
                }
            } finally {
                pool.shutdownNow();
            }
            assertThat(rowsThatHoldPolicies(lenders.realm)).isEqualTo(before);
            assertThat(lenders.realm
                            .admin()
                            .queryParam("resourceTypes", "REALM")
                            .get("/admin-events")
                            .jsonPath()
                            .getList("operationType"))
                    .doesNotContain("UPDATE");
        }
    }

    /** Each with the transaction that wrote it last, so that even a row written back as it was would show. */
    private List<String> rowsThatHoldPolicies(TestRealm realm) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select r.xmin::text, r.password_policy from realm"
                                + " r where r.name = ? union all select a.xmin::text, a.value from realm_attribute a join realm r"
                                + " on a.realm_id = r.id where r.name = ? union all select g.xmin::text, g.value from"
                                + " group_attribute g where g.name = 'password-policy' order by 2, 1")) {
            select.setString(1, realm.name());
            select.setString(2, realm.name());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getString(1) + ' ' + found.getString(2));
                }
            }
        }
        assertThat(rows)
                .anyMatch(row -> row.endsWith(Lenders.POLICY))
                .anyMatch(row -> row.endsWith("regexPattern([a-z]+)"));
        return rows;
    }

    /** Grace is counted from the login that found the password short. */
    @Test
    void graceEndsWhenItsDaysAreOver() throws SQLException {
        try (Lenders lenders = new Lenders(server, Map.of())) {
            TestUser user = lenders.user();
            assertThat(user.resetPassword("too-short").statusCode()).isEqualTo(204);
            lenders.lender("patient", "length(14)")
                    .attribute("password-policy-grace-days", "3")
                    .add(user);
            assertThat(mustChange(lenders, user)).isFalse();
            foundShort(lenders.realm, user, Duration.ofDays(2));
            assertThat(mustChange(lenders, user)).isFalse();
            foundShort(lenders.realm, user, Duration.ofDays(4));
            assertThat(mustChange(lenders, user)).isTrue();
        }
    }

    private static boolean mustChange(Lenders lenders, TestUser user) {
        return lenders.app
                .open(new Browser(), "openid")
                .credentials(user, "too-short")
                .page()
                .hasField("password-new");
    }

    private void foundShort(TestRealm realm, TestUser user, Duration ago) throws SQLException {
        long since = Clock.systemUTC().instant().minus(ago).toEpochMilli();
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement("update credential set credential_data ="
                        + " regexp_replace(credential_data, '(\"tenantryShortSince\":\\[\")[0-9]+', '\\1' || ?)"
                        + " where user_id = ? and credential_data like '%tenantryShortSince%'")) {
            update.setString(1, Long.toString(since));
            update.setString(2, user.id());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        realm.admin().post("/clear-user-cache").then().statusCode(204);
    }

    @Test
    void breachedPasswordIsRefusedWhereATenantOrTheRealmAsks() {
        try (Lenders lenders = new Lenders(server, Map.of())) {
            TestUser careful = lenders.user(lenders.lender("careful", "notBreached(breached.txt)"));
            TestUser careless = lenders.user();
            for (String password : BREACHED) {
                assertThat(careful.resetPassword(password).asString())
                        .contains("careful asks for a password that has never appeared in a data breach.");
                assertThat(careless.resetPassword(password).statusCode()).isEqualTo(204);
            }
            assertThat(careful.resetPassword("Never-Seen-Anywhere-7").statusCode())
                    .isEqualTo(204);

            lenders.realm.update(Map.of("passwordPolicy", Lenders.POLICY + " and notBreached(breached.txt)"));
            assertThat(careless.resetPassword(BREACHED.get(0)).asString())
                    .contains("Invalid password: it has appeared in a data breach.");
        }
    }

    @Test
    void listMayBeReplacedAndItsLossClosesTheDoor() throws IOException {
        try (Lenders lenders = new Lenders(server, Map.of())) {
            Path list = folder.resolve("lists").resolve("other.txt");
            Files.writeString(list, sha1("Some-Password-1") + ":5\n");
            TestUser user = lenders.user(lenders.lender("careful", "notBreached(other.txt)"));
            assertThat(user.resetPassword("Some-Password-1").statusCode()).isEqualTo(400);
            assertThat(user.resetPassword("Some-Password-2").statusCode()).isEqualTo(204);
            Files.writeString(list, sha1("Some-Password-3") + ":5\n");
            assertThat(user.resetPassword("Some-Password-1").statusCode()).isEqualTo(204);
            assertThat(user.resetPassword("Some-Password-3").statusCode()).isEqualTo(400);
            Files.delete(list);
            assertThat(user.resetPassword("Some-Password-4").asString())
                    .contains("careful has a password rule that cannot be used, notBreached(other.txt)");
        }
    }

    @Test
    void policyIsNotInWhatPagesKnowOfATenant() {
        try (Lenders lenders = new Lenders(server, Map.of("loginTheme", "nosy", "registrationAllowed", true))) {
            TestOrg northbank = lenders.lender("northbank", "length(14)")
                    .attribute("password-policy-grace-days", "3")
                    .attribute("colour", "blue");
            TestUser stranger = lenders.realm.user("stranger", Map.of("email", "stranger@northbank.example"));
            TestUser member = lenders.user(northbank);
            assertThat(member.resetPassword("long-enough-for-it").statusCode()).isEqualTo(204);

            Page byScope = lenders.app
                    .open(new Browser(), "openid organization:northbank")
                    .page();
            Page byDomain = lenders.app
                    .open(new Browser(), "openid")
                    .submit(Map.of("username", "somebody-else@northbank.example"))
                    .page();
            Page ofStranger = lenders.app
                    .open(new Browser(), "openid", Map.of("kc_action", "UPDATE_PASSWORD"))
                    .credentials(stranger, TestUser.PASSWORD)
                    .page();
            Page ofMember = lenders.app
                    .open(new Browser(), "openid", Map.of("kc_action", "UPDATE_PASSWORD"))
                    .credentials(member, "long-enough-for-it")
                    .page();
            for (Page page : List.of(byScope, byDomain, ofStranger, ofMember)) {
                assertThat(page.document().select("#nosy").text())
                        .as(page.text())
                        .contains("northbank", "colour=blue")
                        .doesNotContain("password-policy", "length(14)");
            }
        }
    }

    /** Prints all attributes of the bean {@code org}. */
    private static Path nosyTheme(Path jar) throws IOException {
        Map<String, String> files = Map.of(
                "META-INF/keycloak-themes.json",
                "{\"themes\": [{\"name\": \"nosy\", \"types\": [\"login\"]}]}",
                "theme/nosy/login/theme.properties",
                "parent=keycloak.v2\nimport=common/keycloak\n",
                "theme/nosy/login/footer.ftl",
                "<#macro content><#if org??><p id=\"nosy\">${org.alias} <#list org.attributes as name, values>"
                        + "${name}=${values?join(\",\")} </#list></p></#if></#macro>");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }

    /** Sorted, as Have I Been Pwned's are: the breached ones among millions. */
    private static void writeList(Path file) throws IOException {
        TreeSet<String> hashes = new TreeSet<>();
        BREACHED.forEach(password -> hashes.add(sha1(password)));
        long step = (1L << 32) / LINES;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < LINES; i++) {
                String line = String.format(Locale.ROOT, "%08X", i * step) + "0".repeat(32);
                while (!hashes.isEmpty() && hashes.first().compareTo(line) < 0) {
                    out.write(hashes.pollFirst() + ":17\n");
                }
                out.write(line + ":1\n");
            }
        }
        assertThat(hashes).isEmpty();
    }

    private static String sha1(String password) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has SHA-1", e);
        }
    }
}
