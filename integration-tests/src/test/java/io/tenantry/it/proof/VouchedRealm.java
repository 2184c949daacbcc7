package io.tenantry.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestProvider;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A realm of two lenders, one of which has an identity provider: another realm. */
final class VouchedRealm implements AutoCloseable {
    static final String PROVIDER = "northbank-idp";
    static final String NORTHBANK = "northbank";
    static final String HARBOR = "harbor";
    static final String NEW_PASSWORD = "Another-Horse-8-Battery";

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final AtomicInteger PROVIDERS = new AtomicInteger();

    private final TestRealm corporate;
    private final TestRealm realm;
    private final TestOrg northbank;
    private final TestOrg harbor;
    private final String alias;
    private final TestProvider provider;
    private final TestClient app;

    VouchedRealm(TestServer server, Map<String, ?> fields) {
        this(lending(server, Map.of()), lending(server, fields));
    }

    private VouchedRealm(TestRealm corporate, TestRealm realm) {
        this(corporate, realm, realm.org(NORTHBANK), realm.org(HARBOR), PROVIDER, "app");
    }

    private VouchedRealm(
            TestRealm corporate, TestRealm realm, TestOrg northbank, TestOrg harbor, String alias, String clientId) {
        this.corporate = corporate;
        this.realm = realm;
        this.northbank = northbank;
        this.harbor = harbor;
        this.alias = alias;
        provider = TestProvider.create(realm, alias, corporate, Map.of());
        configure(Map.of("defaultScope", "openid email profile"));
        northbank.linkProvider(alias);
        app = realm.confidentialClient(clientId)
                .mapper("tenant-claims-mapper", Map.of("access.token.claim", "true", "id.token.claim", "true"));
    }

    private static TestRealm lending(TestServer server, Map<String, ?> fields) {
        Map<String, Object> representation = new HashMap<>(
                Map.of("eventsEnabled", true, "resetPasswordAllowed", true, "passwordPolicy", TestRealm.CHEAP_HASH));
        representation.putAll(TestRealm.UNHURRIED);
        representation.putAll(fields);
        return server.createRealm(representation);
    }

    /** The same realm with another provider of northbank's and another client, for one test to change as it likes. */
    VouchedRealm anew() {
        int number = PROVIDERS.incrementAndGet();
        return new VouchedRealm(corporate, realm, northbank, harbor, PROVIDER + '-' + number, "app-" + number);
    }

    @Override
    public void close() {
        realm.close();
        corporate.close();
    }

    TestRealm realm() {
        return realm;
    }

    TestOrg northbank() {
        return northbank;
    }

    TestOrg harbor() {
        return harbor;
    }

    TestClient app() {
        return app;
    }

    /** Of the provider. */
    String alias() {
        return alias;
    }

    TestProvider provider() {
        return provider;
    }

    void enableProvider(boolean enabled) {
        TestProvider.update(realm, alias, Map.of("enabled", enabled), Map.of());
    }

    /** Changes settings of the provider. */
    void configure(Map<String, String> settings) {
        TestProvider.update(realm, alias, Map.of(), settings);
    }

    /** Somebody of the lender's, whom this realm does not know yet. */
    Person employee() {
        String name = "employee-" + PEOPLE.incrementAndGet();
        return new Person(corporate.user(name, Map.of("email", name + "@northbank.example")));
    }

    /** Somebody with an account and a password of one's own here, in these lenders, whom the provider knows too. */
    Person owner(TestOrg... memberships) {
        Person person = employee();
        TestUser account = realm.user(person.name(), Map.of("email", person.name() + "@northbank.example"));
        Stream.of(memberships).forEach(org -> org.add(account));
        provider.link(account, person.employee());
        return person;
    }

    /** Asks for a tenant's tokens in a browser with a session. */
    Tokens silently(Browser browser, String tenant) {
        return app.open(browser, "openid organization:" + tenant).tokens();
    }

    /** Asks for a tenant's tokens with a password, in a fresh browser. */
    Tokens byPassword(Person person, String password, String tenant) {
        return app.open(new Browser(), "openid organization:" + tenant)
                .credentials(person.account(), password)
                .tokens();
    }

    static void assertTenant(Tokens tokens, String tenant) {
        assertThat(tokens.accessClaims()).containsEntry("tenant_id", tenant);
    }

    static void assertRefused(Tokens tokens) {
        assertThat(tokens.error()).isEqualTo("access_denied");
    }

    /** A person, as the lender's identity provider knows them. */
    final class Person {
        private final TestUser employee;

        private Person(TestUser employee) {
            this.employee = employee;
        }

        TestUser employee() {
            return employee;
        }

        String name() {
            return employee.username();
        }

        /** The account here, once there is one. */
        TestUser account() {
            List<String> ids = realm.admin()
                    .queryParam("username", name())
                    .queryParam("exact", true)
                    .get("/users")
                    .jsonPath()
                    .getList("id");
            return new TestUser(realm, ids.get(0), name());
        }

        /** A browser with a session that the lender's provider vouched for. */
        Browser signedIn() {
            Browser browser = new Browser();
            assertTenant(throughProvider(browser, Map.of()), NORTHBANK);
            return browser;
        }

        Tokens throughProvider(Browser browser, Map<String, String> more) {
            Map<String, String> parameters = new HashMap<>(Map.of("kc_idp_hint", alias));
            parameters.putAll(more);
            LoginAttempt attempt = app.open(browser, "openid organization:" + NORTHBANK, parameters);
            return (attempt.atApplication() ? attempt : attempt.credentials(employee, TestUser.PASSWORD)).tokens();
        }

        /** The types of the account's credentials. */
        List<String> credentials() {
            return realm.admin()
                    .get("/users/{id}/credentials", account().id())
                    .jsonPath()
                    .getList("type");
        }

        /** What the admin API says of those that count for some tenants alone: type and tenants. */
        Map<String, List<String>> vouched() {
            Map<String, List<String>> found = new HashMap<>();
            List<Map<String, Object>> rows = realm.admin()
                    .get("/tenantry/users/{id}/vouched-credentials", account().id())
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("");
            for (Map<String, Object> row : rows) {
                List<String> tenants = ((List<?>) row.get("tenants"))
                        .stream().map(String::valueOf).toList();
                found.put((String) row.get("type"), tenants);
            }
            return found;
        }
    }

    /** Has a mail sent for a forgotten password: by address, as pages offer it to those alone who have one. */
    Page forgotten(Browser browser, Person person, String scope) {
        Page page = app.open(browser, scope).page();
        String tab = Stream.of(URI.create(page.document().selectFirst("form").absUrl("action"))
                        .getRawQuery()
                        .split("&", -1))
                .filter(parameter -> !parameter.startsWith("session_code=") && !parameter.startsWith("execution="))
                .collect(Collectors.joining("&"));
        return browser.open(URI.create(realm.issuer() + "/login-actions/reset-credentials?" + tab))
                .submit(Map.of("username", person.name()));
    }
}
