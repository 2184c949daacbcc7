package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tenantry.stack.Database;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import io.tenantry.stack.demo.Walk;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The realms of {@code realm-config/} in a server of their own, as the demo and an installation import them. */
class RealmsIT {
    private static final List<String> REALMS = List.of("lending", "granite", "northbank-corporate");

    private static Stack stack;
    private static TestServer server;

    @BeforeAll
    static void start() {
        stack = new StackSettings()
                .database(Database.FILE)
                .realms(StackHome.find().realms())
                .start();
        server = new TestServer(stack);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everyStepOfTheDemoShowsWhatItMust() {
        PrintStream out = System.out;

        assertThatCode(() -> new Walk(stack, out, Clock.systemUTC()).run()).doesNotThrowAnyException();
    }

    @Test
    void anImportOnAFilledDatabaseChangesNothing() {
        Map<String, Object> before = everything();
        stack.keycloak().restart();

        assertThat(everything()).isEqualTo(before);
    }

    /** What the admin API shows of the realms: settings, clients, users, organizations with their groups. */
    private static Map<String, Object> everything() {
        Map<String, Object> all = new TreeMap<>();
        for (String realm : REALMS) {
            all.put(realm, get(realm, ""));
            for (String part : List.of("clients", "users", "roles", "client-scopes", "components")) {
                all.put(realm + '/' + part, get(realm, "/" + part));
            }
        }
        List<String> organizations =
                server.admin().get("/realms/lending/organizations").jsonPath().getList("id", String.class);
        assertThat(organizations).hasSize(3);
        for (String organization : organizations) {
            for (String part : List.of("", "/members", "/groups", "/identity-providers")) {
                String path = "/organizations/" + organization + part;
                all.put("lending" + path, get("lending", path));
            }
        }
        return all;
    }

    /** Lists sorted: the admin API promises no order. */
    private static Object get(String realm, String path) {
        Object body = server.admin()
                .get("/realms/" + realm + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .get("");
        if (body instanceof List<?> list) {
            List<Object> sorted = new ArrayList<>(list);
            sorted.sort((one, other) -> one.toString().compareTo(other.toString()));
            return sorted;
        }
        return body;
    }
}
