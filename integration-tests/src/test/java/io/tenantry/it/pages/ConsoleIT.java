package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import io.tenantry.repository.DocsPicture;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each screen of Keycloak's admin console where settings of ours are: every label and help text is there to be read. */
@WithServer
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {
    private static final Path MESSAGES =
            Path.of("../providers/src/main/resources/theme-resources/messages/messages_en.properties");
    private static final int WIDE = 1280;
    private static final Pattern RAW_KEY =
            Pattern.compile("\\btenantry[A-Z]\\w+|\\btenant\\.[a-z.]+\\.(label|help)\\b|\\bpasswordPoliciesHelp\\.");

    private final Properties messages = new Properties();
    private TestRealm realm;
    private Screen screen;
    private Page page;

    @BeforeAll
    void signIn(TestServer server, Chromium chromium) throws IOException {
        try (Reader reader = Files.newBufferedReader(MESSAGES)) {
            messages.load(reader);
        }
        realm = server.createRealm(Map.of(
                "displayName",
                "Lending",
                "loginTheme",
                "tenantry",
                "emailTheme",
                "tenantry",
                "passwordPolicy",
                "length(12) and minStrength(3) and notBreached(breached.txt) and notTenantName and tenantPolicy"));
        screen = new Screen(chromium.browser(), server.keycloak().baseUri());
        page = screen.page();
        page.navigate(server.keycloak().baseUri() + "/admin/master/console/");
        page.locator("#username").fill(server.keycloak().admin().username());
        page.locator("#password").fill(server.keycloak().admin().password());
        page.locator("#kc-login").click();
        page.waitForSelector("#nav-toggle");
    }

    @AfterAll
    void close() {
        if (screen != null) {
            screen.close();
        }
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void passwordPolicies() {
        open("/authentication/policies");
        page.locator("[role=tab]:has-text('Password policy')").click();
        for (String label :
                List.of("Minimum Strength (0-4)", "Not Breached", "Not Contains Tenant Name", "Tenant Policies")) {
            page.getByText(label, new Page.GetByTextOptions().setExact(true))
                    .first()
                    .waitFor();
        }
        assertThat(helps("main [data-testid^='help-label-']"))
                .contains(
                        text("passwordPoliciesHelp.minStrength"),
                        text("passwordPoliciesHelp.notBreached"),
                        text("passwordPoliciesHelp.notTenantName"),
                        text("passwordPoliciesHelp.tenantPolicy"))
                .noneMatch(RAW_KEY.asPredicate());
        take(DocsPicture.CONSOLE_PASSWORD_POLICY);
    }

    @Test
    void tenantClaimsMapper() {
        String scope = id(realm.admin()
                .body(Map.of("name", "tenant", "protocol", "openid-connect"))
                .post("/client-scopes")
                .header("Location"));
        List<Map<String, Object>> settings = settingsOfMapper("tenant-claims-mapper");
        // As the console adds one; where Keycloak's switches are missing they are off
        Map<String, Object> defaults = new HashMap<>();
        settings.forEach(setting ->
                defaults.put(String.valueOf(setting.get("name")), Objects.toString(setting.get("defaultValue"), "")));
        String mapper = id(realm.admin()
                .body(Map.of(
                        "name",
                        "tenant",
                        "protocol",
                        "openid-connect",
                        "protocolMapper",
                        "tenant-claims-mapper",
                        "config",
                        defaults))
                .post("/client-scopes/{id}/protocol-mappers/models", scope)
                .header("Location"));
        open("/client-scopes/" + scope + "/mappers/" + mapper + "/edit");
        assertSettings(settings);
        take(DocsPicture.CONSOLE_CLAIMS_MAPPER);
        page.locator("main button[type=submit]:has-text('Save')").click();
        assertSaid("Mapping successfully updated");
    }

    @Test
    void tenantsOfAClient() {
        realm.org("northbank-of-client");
        String client = id(realm.admin()
                .body(Map.of("clientId", "northbank-app"))
                .post("/clients")
                .header("Location"));
        String mapper = id(realm.admin()
                .body(Map.of("name", "tenants", "protocol", "openid-connect", "protocolMapper", "tenant-client-rules"))
                .post("/clients/{id}/protocol-mappers/models", client)
                .header("Location"));
        open("/clients/" + client + "/clientScopes/dedicated/mappers/" + mapper + "/edit");
        assertSettings(settingsOfMapper("tenant-client-rules"));
        Locator tenants = page.locator("main textarea");

        tenants.fill("nowhere");
        page.locator("main button[type=submit]:has-text('Save')").click();
        assertSaid("tenant.allowed is 'nowhere': write the alias of an organization of this realm");
        page.locator(".pf-v5-c-alert__action button").click();
        tenants.fill("northbank-of-client\n");
        take(DocsPicture.CONSOLE_CLIENT_RULES);
        page.locator("main button[type=submit]:has-text('Save')").click();
        assertSaid("Mapping successfully updated");
        assertThat(realm.admin()
                        .get("/clients/{id}/protocol-mappers/models/{mapper}", client, mapper)
                        .jsonPath()
                        .<String, String>getMap("config"))
                .containsEntry("tenant.switch", "false")
                .extractingByKey("tenant.allowed")
                .asString()
                .isEqualToIgnoringWhitespace("northbank-of-client");
    }

    private List<Map<String, Object>> settingsOfMapper(String type) {
        return realm.server()
                .admin()
                .get("/serverinfo")
                .jsonPath()
                .getList("protocolMapperTypes.'openid-connect'.find { it.id == '" + type + "' }.properties");
    }

    @Test
    void mappersToAdd() {
        String scope = id(realm.admin()
                .body(Map.of("name", "tenant-to-be", "protocol", "openid-connect"))
                .post("/client-scopes")
                .header("Location"));
        open("/client-scopes/" + scope + "/mappers");
        page.locator("main button:has-text('Configure a new mapper')").click();
        Locator choice = page.locator("[role=dialog][aria-modal=true]");
        Locator ours = choice.getByText("Tenant and its roles");
        ours.waitFor();
        assertThat(choice.innerText())
                .contains("Says which one tenant a token is for")
                .doesNotContainPattern(RAW_KEY);
        ours.scrollIntoViewIfNeeded();
        screen.show(DocsPicture.CONSOLE_ADD_MAPPER);
    }

    @Test
    void mappersToAddToAProvider() {
        String alias = provider("saml", "saml-of-northbank");
        open("/identity-providers/saml/" + alias + "/mappers/create");
        page.locator("#identityProviderMapper").click();
        for (String name : List.of("Tenantry: SAML roles", "Tenantry: SAML rules")) {
            page.locator("[role=option]:has-text('" + name + "')").scrollIntoViewIfNeeded();
        }
        assertThat(page.locator("main").innerText()).doesNotContainPattern(RAW_KEY);
        screen.show(DocsPicture.CONSOLE_ADD_RULES);
    }

    @Test
    void brandOfThePlatform() {
        realm.update(Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "ar")));
        Map.of("branding.color", "#1b3a5c", "branding.name", "Lending", "branding.support", "tel:+44-20-7946-0000")
                .forEach((key, text) -> realm.admin()
                        .contentType("text/plain")
                        .body(text)
                        .put("/localization/en/{key}", key)
                        .then()
                        .statusCode(204));
        open("/realm-settings/localization");
        page.locator("[role=tab]:has-text('Realm overrides')").click();
        page.getByText("branding.support").first().waitFor();
        take(DocsPicture.CONSOLE_LOCALIZATION);
    }

    @Test
    void rulesForSaml() {
        mapperOfProvider("saml", "tenant-saml-rules");
        assertOptionalNumber("authn.max.age");
        take(DocsPicture.CONSOLE_SAML_RULES);
    }

    @Test
    void rolesFromSaml() {
        mapperOfProvider("saml", "tenant-saml-roles");
        take(DocsPicture.CONSOLE_SAML_ROLES);
        page.locator("main button:has-text('Add Groups')").click();
        page.locator("main [data-testid$='.0.key']").fill("clerk");
        page.locator("main [data-testid$='.0.value']").fill("officers");
        save();
        assertThat(realm.admin()
                        .get("/identity-provider/instances/saml-of-northbank-tenant-saml-roles/mappers")
                        .jsonPath()
                        .getString("[0].config.'roles.groups'"))
                .isEqualTo("[{\"key\":\"clerk\",\"value\":\"officers\"}]");
    }

    @Test
    void rulesForOpenIdConnect() {
        mapperOfProvider("oidc", "tenant-oidc-rules");
        assertOptionalNumber("auth.max.age");
        take(DocsPicture.CONSOLE_OIDC_RULES);
    }

    @Test
    void eventListener() {
        open("/realm-settings/events");
        page.getByText("redis-revocations").first().waitFor();
        take(DocsPicture.CONSOLE_EVENT_LISTENER);
    }

    @Test
    void themes() {
        open("/realm-settings/themes");
        page.getByText("tenantry").first().waitFor();
        take(DocsPicture.CONSOLE_THEMES);
    }

    @Test
    void attributesOfALender() {
        TestOrg org = realm.org("northbank")
                .update(Map.of(
                        "name",
                        "Northbank",
                        "attributes",
                        Map.of(
                                "branding.color",
                                List.of("#0b4f8a"),
                                "branding.logo",
                                List.of("northbank.svg"),
                                "branding.support",
                                List.of("mailto:help@northbank.example"),
                                "password-policy",
                                List.of("length(14)"),
                                "login.level",
                                List.of("2"))));
        open("/organizations/" + org.id() + "/attributes");
        Locator fields = page.locator("main input");
        fields.nth(9).waitFor();
        assertThat(fields.all().stream().map(Locator::inputValue))
                .contains("branding.color", "#0b4f8a", "password-policy", "login.level");
        take(DocsPicture.CONSOLE_ORGANIZATION);
    }

    @Test
    void stepsOfAFlow() {
        String flow = id(realm.admin()
                .body(Map.of("alias", "lenders", "providerId", "basic-flow", "topLevel", true, "builtIn", false))
                .post("/authentication/flows")
                .header("Location"));
        List<Map<String, Object>> offered = realm.admin()
                .get("/authentication/authenticator-providers")
                .jsonPath()
                .getList("findAll { it.id.startsWith('tenant-') }.sort { it.id }.reverse()");
        assertThat(offered)
                .extracting(step -> step.get("id"))
                .containsExactly("tenant-review-profile", "tenant-link-guard", "tenant-access");
        List<String> names = strings(offered, "displayName");
        List<String> helps = strings(offered, "description");
        for (Map<String, Object> step : offered) {
            realm.admin()
                    .body(Map.of("provider", step.get("id")))
                    .post("/authentication/flows/lenders/executions/execution")
                    .then()
                    .statusCode(201);
        }
        open("/authentication/" + flow + "/notInUse");
        Locator rows = page.locator("main [data-testid] [id^='title-id-']");
        rows.nth(offered.size() - 1).waitFor();
        assertThat(page.locator("main").innerText()).contains(names);
        assertThat(helps("main [id^='title-id-'] button")).containsExactlyInAnyOrderElementsOf(helps);
        take(DocsPicture.CONSOLE_FLOW);

        for (Map<String, Object> step : offered) {
            page.locator("main tr:has-text('" + step.get("displayName") + "') button[aria-label=Settings]")
                    .click();
            Locator dialog = page.locator("[role=dialog]");
            dialog.locator("[data-testid=alias]").waitFor();
            assertThat(dialog.innerText())
                    .contains((String) step.get("displayName"))
                    .doesNotContainPattern(RAW_KEY);
            page.setViewportSize(WIDE, 800);
            // The others show what Keycloak asks of every step, and nothing else
            if (step.get("id").equals("tenant-review-profile")) {
                screen.show(DocsPicture.CONSOLE_STEP);
            }
            dialog.locator("[data-testid=cancel]").click();
            dialog.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }

        page.locator("main button:has-text('Add execution')").first().click();
        Locator choice = page.locator("[role=dialog]");
        choice.locator("input[aria-label=Search]").fill("tenant");
        choice.locator("button[aria-label=Search]").click();
        choice.locator("[id=tenant-access]").waitFor();
        assertThat(choice.innerText()).contains(names).contains(helps).doesNotContainPattern(RAW_KEY);
        screen.show(DocsPicture.CONSOLE_ADD_STEP);
        choice.locator("button:has-text('Cancel')").click();
    }

    @Test
    void rulesForSamlAreSavedAsTheyStandAndFilledInAndEmptiedAgain() {
        assertSaves("saml", "authn.max.age", List.of("email.domains", "nameid.formats"), "attributes.required");
    }

    @Test
    void rulesForOpenIdConnectAreSavedAsTheyStandAndFilledInAndEmptiedAgain() {
        assertSaves("oidc", "auth.max.age", List.of("email.domains", "acr.values"), "claims.required");
    }

    /** An age, lists and a table, empty at first, then with values, then empty. */
    private void assertSaves(String kind, String age, List<String> lists, String table) {
        String alias = mapperOfProvider(kind, "tenant-" + kind + "-rules", "saver");
        for (String value : List.of("", "3600", "")) {
            String entries = value.isEmpty() ? "" : "one.example\ntwo.example";
            page.getByTestId(age).fill(value);
            lists.forEach(list -> page.getByTestId(list).fill(entries));
            if (!value.isEmpty()) {
                page.locator("main button:has-text('Add Required')").click();
                page.locator("main [data-testid$='.0.key']").fill("department");
                page.locator("main [data-testid$='.0.value']").fill("/lend.*/");
            } else if (page.locator("main [data-testid$='.0.remove']").isVisible()) {
                page.locator("main [data-testid$='.0.remove']").click();
            }
            save();
            Map<String, String> stored = realm.admin()
                    .get("/identity-provider/instances/{alias}/mappers", alias)
                    .jsonPath()
                    .getMap("[0].config");
            assertThat(stored.getOrDefault(age, "")).as(age).isEqualTo(value);
            assertThat(lists)
                    .allSatisfy(list ->
                            assertThat(stored.getOrDefault(list, "")).as(list).isEqualTo(entries));
            assertThat(stored.getOrDefault(table, ""))
                    .as(table)
                    .isIn(
                            value.isEmpty()
                                    ? List.of("", "[]")
                                    : List.of("[{\"key\":\"department\",\"value\":\"/lend.*/\"}]"));
            page.reload();
            page.getByTestId(age).waitFor();
            assertThat(page.getByTestId(age).inputValue()).as(age).isEqualTo(value);
            // The doctor reads the mapper as a login does
            assertThat(realm.admin().get("/tenantry/doctor").asString()).doesNotContain(age);
        }
        realm.admin().delete("/identity-provider/instances/{alias}", alias);
    }

    private void save() {
        page.getByTestId("new-mapper-save-button").click();
        assertSaid("saved successfully");
    }

    private void assertSaid(String text) {
        Locator said = page.locator(".pf-v5-c-alert__title").last();
        said.waitFor();
        assertThat(said.innerText()).contains(text);
    }

    private String provider(String kind, String alias) {
        realm.admin()
                .body(Map.of(
                        "alias",
                        alias,
                        "providerId",
                        kind,
                        "enabled",
                        true,
                        "config",
                        Map.of(
                                "singleSignOnServiceUrl", "https://idp.northbank.example/saml",
                                "authorizationUrl", "https://idp.northbank.example/auth",
                                "tokenUrl", "https://idp.northbank.example/token",
                                "clientId", "lending")))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
        return alias;
    }

    private void mapperOfProvider(String kind, String type) {
        mapperOfProvider(kind, type, "northbank");
    }

    private String mapperOfProvider(String kind, String type, String of) {
        String alias = provider(kind, kind + "-of-" + of + '-' + type);
        String mapper = id(realm.admin()
                .body(Map.of(
                        "name",
                        type.substring(type.lastIndexOf('-') + 1),
                        "identityProviderAlias",
                        alias,
                        "identityProviderMapper",
                        type,
                        "config",
                        Map.of("syncMode", "INHERIT")))
                .post("/identity-provider/instances/{alias}/mappers", alias)
                .header("Location"));
        List<Map<String, Object>> settings = realm.admin()
                .get("/identity-provider/instances/{alias}/mapper-types", alias)
                .jsonPath()
                .getList("'" + type + "'.properties");
        open("/identity-providers/" + kind + "/" + alias + "/mappers/" + mapper);
        assertSettings(settings);
        return alias;
    }

    /** An age may be left out, and is a number where there is one. */
    private void assertOptionalNumber(String key) {
        Locator field = page.getByTestId(key);
        // The console writes the attribute with a capital letter, which browsers do not mind
        assertThat(field.evaluate("field => field.type")).isEqualTo("number");
        assertThat(field.inputValue()).isEmpty();
    }

    /** Opens every help text of the screen, and looks for ours among them. */
    private void assertSettings(List<Map<String, Object>> settings) {
        List<String> labels = new ArrayList<>();
        List<String> helps = new ArrayList<>();
        for (Map<String, Object> setting : settings) {
            String label = String.valueOf(setting.get("label"));
            if (messages.containsKey(label)) {
                labels.add(text(label));
                helps.add(text(String.valueOf(setting.get("helpText"))));
            }
        }
        assertThat(labels).isNotEmpty();
        page.getByText(labels.get(0), new Page.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
        page.setViewportSize(WIDE, 2_400);
        List<String> read = helps("main [data-testid^='help-label-']");
        String shown = page.locator("main").innerText();
        assertThat(shown).contains(labels);
        assertThat(read).containsAll(helps);
        assertThat(shown + read).doesNotContainPattern(RAW_KEY);
    }

    /** What the popovers of these say. */
    private List<String> helps(String buttons) {
        List<String> read = new ArrayList<>();
        for (Locator help : page.locator(buttons).all()) {
            help.click();
            Locator popover = page.locator(".pf-v5-c-popover__body").last();
            read.add(popover.innerText());
            page.keyboard().press("Escape");
            popover.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }
        return read;
    }

    private static List<String> strings(List<Map<String, Object>> maps, String key) {
        return maps.stream().map(map -> (String) map.get(key)).toList();
    }

    private String text(String key) {
        return Objects.requireNonNull(messages.getProperty(key), key).replace("''", "'");
    }

    private void open(String path) {
        page.setViewportSize(WIDE, 1_000);
        page.navigate(realm.server().keycloak().baseUri() + "/admin/master/console/#/" + realm.name() + path);
        page.reload();
        page.waitForSelector("main h1");
    }

    /** As much of the screen as there is to see, which the console scrolls within itself. */
    private void take(DocsPicture picture) {
        fit();
        page.evaluate("document.activeElement.blur()");
        screen.show(picture);
    }

    private void fit() {
        assertThat(page.locator("main").innerText()).doesNotContainPattern(RAW_KEY);
        page.setViewportSize(WIDE, 700);
        Object high = page.evaluate(
                "Math.max(700, ...[...document.querySelectorAll('main, main *')].map((at) => at.scrollHeight)) + 160");
        page.setViewportSize(WIDE, Math.min(((Number) high).intValue(), 2_400));
    }

    private static String id(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
