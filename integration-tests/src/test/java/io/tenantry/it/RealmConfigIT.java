package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.specification.RequestSpecification;
import io.tenantry.it.doctor.DoctorCommand;
import io.tenantry.stack.Database;
import io.tenantry.stack.Progress;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import io.tenantry.stack.demo.Walk;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shipped realms: on a clean database, at work in the demo's walk, and again on the filled database. */
@ProcessesOnly
class RealmConfigIT {
    private static final List<String> REALMS = List.of("lending", "granite", "northbank-corporate");

    @Test
    void shippedRealmsImportWalkAndImportAgainWithoutChange() {
        try (Stack stack = new StackSettings()
                        .database(Database.POSTGRES)
                        .realms(StackHome.find().realms())
                        .progress(Progress.to(System.out, Clock.systemUTC()))
                        .start();
                TestServer server = new TestServer(stack)) {
            assertThat(stack.keycloak().log()).contains("Realm 'lending' imported");
            new Walk(stack, System.out, Clock.systemUTC()).run();
            assertThat(stack.keycloak().log().lines())
                    .as("errors and warnings of ours")
                    .noneMatch(line -> line.contains("[io.tenantry") && line.matches(".* (ERROR|WARN) .*"));

            for (String realm : REALMS) {
                DoctorCommand doctor = DoctorCommand.run(server, realm, "--strict");
                assertThat(doctor.exitStatus()).as(doctor.output()).isZero();
                assertThat(doctor.output()).isEqualTo("0 errors, 0 warnings" + System.lineSeparator());
            }

            profileAfterNistIsInForce(server);
            filesAreGoodAndSoAreExports(stack);
            Map<String, Object> before = snapshot(server);
            stack.keycloak().restart();

            assertThat(stack.keycloak().log()).contains("Realm 'lending' already exists. Import skipped");
            assertThat(snapshot(server)).containsExactlyEntriesOf(before);
        }
    }

    /** The command judges by the stock server's own providers, so what that server writes must be good. */
    private static void filesAreGoodAndSoAreExports(Stack stack) {
        check(0, "3 files, 0 problems", "realm-config", "");
        Path export =
                StackHome.find().realms().get(0).resolveSibling("../run/export").normalize();
        stack.keycloak().export(export);
        check(0, "3 files, 0 problems", export.toString(), "--with-secrets");
        check(1, "is written out", export.toString(), "");
    }

    private static void check(int status, String says, String folder, String option) {
        List<String> arguments = new ArrayList<>(REALMS.stream()
                .map(realm -> folder + "/" + realm + "-realm.json")
                .toList());
        if (!option.isEmpty()) {
            arguments.add(0, option);
        }
        RepositoryCommand run = RepositoryCommand.run(Map.of(), "check-realm", arguments.toArray(String[]::new));
        assertThat(run.output()).contains(says);
        assertThat(run.exitStatus()).as(run.output()).isEqualTo(status);
    }

    private static void profileAfterNistIsInForce(TestServer server) {
        assertThat(violations(server, "summit-mortgages")).containsExactly("notTenantName");
        assertThat(violations(server, "password-password-password")).containsExactly("minStrength(3)");
        assertThat(violations(server, "Xk9!vQ-27dm")).containsExactly("length(15)");
        assertThat(violations(server, "purple stapler on a quiet ferry")).isEmpty();
    }

    private static List<String> violations(TestServer server, String password) {
        return server.admin()
                .body(Map.of("password", password, "tenant", "summit"))
                .post("/realms/lending/tenantry/password-policy/check")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("violations.rule", String.class);
    }

    /** What an import could change, as the admin API shows it. */
    private static Map<String, Object> snapshot(TestServer server) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String realm : REALMS) {
            for (String path : List.of(
                    "",
                    "/clients",
                    "/client-scopes",
                    "/roles",
                    "/users",
                    "/organizations",
                    "/identity-provider/instances",
                    "/authentication/flows",
                    "/components")) {
                all.put(realm + path, get(server.admin(), "/realms/" + realm + path));
            }
        }
        return all;
    }

    private static Object get(RequestSpecification admin, String path) {
        return ordered(admin.get(path).then().extract().jsonPath().get(""));
    }

    /** The same whatever order the database returns a set in. */
    private static Object ordered(Object json) {
        if (json instanceof Map<?, ?> map) {
            Map<String, Object> all = new TreeMap<>();
            map.forEach((name, value) -> all.put(String.valueOf(name), ordered(value)));
            return all;
        }
        if (json instanceof List<?> list) {
            return list.stream()
                    .map(RealmConfigIT::ordered)
                    .sorted(Comparator.comparing(String::valueOf))
                    .toList();
        }
        return String.valueOf(json);
    }
}
