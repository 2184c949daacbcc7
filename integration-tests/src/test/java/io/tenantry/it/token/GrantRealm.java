package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.Mailbox;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestProvider;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A realm in one setting, with one client for every grant, and what comes of each: the tenant of the tokens, {@code none},
 * or a refusal. Whatever comes is looked at in every form: access and ID token, introspection, userinfo.
 *
 * <p>Alice is of both lenders. A token that the setting does not let come to be is from before the setting.
 */
final class GrantRealm implements AutoCloseable {
    static final String NORTHBANK = "northbank";
    static final String HARBOR = "harbor";
    static final String NONE = "none";

    private static final String PROVIDER = "corporate";
    private static final String RESOURCE = "loans";
    private static final Map<String, List<String>> LENDERS =
            Map.of(NORTHBANK, List.of(NORTHBANK, "teller"), HARBOR, List.of(HARBOR, "underwriter", "analyst"));
    private static final int MOST_PAGES = 8;

    /** What a realm or its client is set to. */
    enum Setting {
        PLAIN,
        /** Northbank demands level 2. */
        LEVEL,
        /** Northbank demands its identity provider. */
        PROVIDER,
        /** People sign in through harbor's identity provider. */
        THROUGH_HARBOR,
        /** The client works for northbank alone. */
        OF_NORTHBANK,
        OF_HARBOR,
        /** The client wants a tenant in every token. */
        REQUIRED,
        /** The claims and the scope have names of their own. */
        RENAMED,
        /** The scope for organizations is one of the client's default scopes. */
        DEFAULT
    }

    private final Setting setting;
    private final boolean ownFlows;
    private final Phone phone;
    private final Mailbox mail;
    private final TestRealm realm;
    private final Lenders lenders;
    private final TestClient app;
    private final TestClient api;
    private final TestUser loser;
    private final TestUser clerk;
    private final String loansOfApp;
    private final String loansOfApi;
    private final Map<String, Tokens> presented = new HashMap<>();
    private @Nullable TestRealm corporate;

    GrantRealm(TestServer server, Setting setting, boolean ownFlows, Phone phone, Mailbox mail) {
        this.setting = setting;
        this.ownFlows = ownFlows;
        this.phone = phone;
        this.mail = mail;
        Map<String, Object> fields = new HashMap<>(mail.realmFields());
        fields.put("passwordPolicy", TestRealm.CHEAP_HASH);
        fields.put("resetPasswordAllowed", true);
        fields.putAll(TestRealm.UNHURRIED);
        realm = server.createRealm(fields);
        if (ownFlows) {
            switch (setting) {
                case LEVEL -> TenantFlow.installWithLevels(realm);
                // Whose providers are hinted at, which is a step of Keycloak's flow: tenant-access comes after it
                case THROUGH_HARBOR -> {}
                case PLAIN, PROVIDER, OF_NORTHBANK, OF_HARBOR, REQUIRED, RENAMED, DEFAULT -> TenantFlow.install(realm);
            }
            TenantFlow.installDirectGrant(realm);
        }
        lenders = Lenders.in(realm);
        loser = member("lena", true);
        clerk = member("clerk", false);
        app = client();
        api = Lenders.mapped(realm.confidentialClient("api"), Map.of());
        attributes(api, Map.of("tenant.switch", "true"));
        loansOfApp = app.protectedResource(RESOURCE);
        loansOfApi = api.protectedResource(RESOURCE);
        if (setting == Setting.PROVIDER || setting == Setting.THROUGH_HARBOR) {
            identityProvider(server, setting == Setting.PROVIDER ? NORTHBANK : HARBOR);
        }
        if (setting == Setting.RENAMED) {
            organizationScope(Map.of("name", "lender"));
        }
        if (setting == Setting.DEFAULT) {
            String scope = organizationScope(Map.of());
            realm.admin().delete("/clients/{id}/optional-client-scopes/{scope}", app.id(), scope);
            realm.admin()
                    .put("/clients/{id}/default-client-scopes/{scope}", app.id(), scope)
                    .then()
                    .statusCode(204);
        }
        set(true);
    }

    private TestUser member(String name, boolean ofNorthbank) {
        TestUser user = realm.user(name);
        lenders.harbor().add(user);
        if (ofNorthbank) {
            lenders.northbank().add(user);
        }
        return user;
    }

    private TestClient client() {
        Map<String, String> names = setting == Setting.RENAMED
                ? Map.of("tenant.id.claim", "lender_id", "tenant.roles.claim", "lender_roles")
                : Map.of();
        TestClient client = Lenders.mapped(realm.confidentialClient("app"), names);
        client.update(Map.of("implicitFlowEnabled", true));
        attributes(
                client,
                Map.of(
                        "oauth2.device.authorization.grant.enabled", "true",
                        "oidc.ciba.grant.enabled", "true",
                        "ciba.backchannel.token.delivery.mode", "poll"));
        lenders.northbank().addMember(client.serviceAccountId());
        return client;
    }

    private static void attributes(TestClient client, Map<String, String> attributes) {
        client.update(Map.of("attributes", attributes));
    }

    private void identityProvider(TestServer server, String lender) {
        TestRealm employer = server.createRealm(Map.of("passwordPolicy", TestRealm.CHEAP_HASH));
        corporate = employer;
        TestProvider provider = TestProvider.create(
                realm,
                PROVIDER,
                employer,
                ownFlows ? Map.of("postBrokerLoginFlowAlias", TenantFlow.afterBroker(realm)) : Map.of());
        Stream.of(lenders.alice(), loser, clerk).forEach(user -> provider.link(user, employer.user(user.username())));
        (lender.equals(NORTHBANK) ? lenders.northbank() : lenders.harbor()).linkProvider(PROVIDER);
    }

    /** Changes the scope, and tells its id. */
    private String organizationScope(Map<String, String> changes) {
        Map<String, Object> scope =
                realm.admin().get("/client-scopes").jsonPath().<Map<String, Object>>getList("").stream()
                        .filter(each -> "organization".equals(each.get("name")))
                        .findFirst()
                        .orElseThrow();
        String id = (String) scope.get("id");
        if (!changes.isEmpty()) {
            scope.putAll(changes);
            realm.admin().body(scope).put("/client-scopes/{id}", id).then().statusCode(204);
        }
        return id;
    }

    private void set(boolean on) {
        switch (setting) {
            case LEVEL -> lenders.northbank().attribute("login.level", on ? "2" : "");
            case PROVIDER -> lenders.northbank().attribute("login.identity-provider", on ? PROVIDER : "");
            case OF_NORTHBANK -> attributes(app, Map.of("tenant.allowed", on ? NORTHBANK : ""));
            case OF_HARBOR -> attributes(app, Map.of("tenant.allowed", on ? HARBOR : ""));
            case REQUIRED -> require(on);
            case PLAIN, THROUGH_HARBOR, RENAMED, DEFAULT -> {}
        }
    }

    private void require(boolean on) {
        Map<String, Object> mapper = realm
                .admin()
                .get("/clients/{id}/protocol-mappers/models", app.id())
                .jsonPath()
                .<Map<String, Object>>getList("")
                .stream()
                .filter(each -> "tenant-claims-mapper".equals(each.get("protocolMapper")))
                .findFirst()
                .orElseThrow();
        Map<String, String> config = new HashMap<>(Lenders.EVERYWHERE);
        config.put("tenant.required", Boolean.toString(on));
        mapper.put("config", config);
        realm.admin()
                .body(mapper)
                .put("/clients/{id}/protocol-mappers/models/{mapper}", app.id(), mapper.get("id"))
                .then()
                .statusCode(204);
    }

    // ---- Signing in

    String browser(String asked) {
        return entered(opened(new Browser(), asked), lenders.alice());
    }

    String browserOfTheClerk(String asked) {
        return entered(opened(new Browser(), asked), clerk);
    }

    private LoginAttempt opened(Browser browser, String asked) {
        return app.open(browser, scope(asked), throughHarbor() ? Map.of("kc_idp_hint", PROVIDER) : Map.of());
    }

    private boolean throughHarbor() {
        return setting == Setting.THROUGH_HARBOR;
    }

    private String entered(LoginAttempt attempt, TestUser user) {
        LoginAttempt done = new LoginAttempt(app, attempt.pkce(), signedIn(attempt.page(), user));
        if (!done.atApplication()) {
            return page(done.page());
        }
        return done.page().parameter("error").map(GrantRealm::refusal).orElseGet(() -> told(done.tokens()));
    }

    /** Answers what is asked, northbank where there is a choice; stops at the application, and at a page without fields. */
    private static Page signedIn(Page first, TestUser user) {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("kc.org", NORTHBANK);
        answers.put("username", user.username());
        answers.put("password", TestUser.PASSWORD);
        Page page = first;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Page now = page;
            Map<String, String> answer = answers.entrySet().stream()
                    .filter(field -> now.hasField(field.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            if (answer.isEmpty()) {
                return page;
            }
            page = page.submit(answer);
        }
        return page;
    }

    String implicit(String asked) {
        Map<String, String> more = new HashMap<>(Map.of("response_type", "id_token token", "nonce", "a-nonce"));
        if (throughHarbor()) {
            more.put("kc_idp_hint", PROVIDER);
        }
        Page page = signedIn(app.open(new Browser(), scope(asked), more).page(), lenders.alice());
        String fragment = page.uri().getRawFragment();
        if (fragment == null) {
            return page(page);
        }
        Map<String, String> answer = Stream.of(fragment.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return answer.containsKey("error")
                ? refusal(answer.get("error"))
                : told(answer.get("access_token"), answer.get("id_token"), app);
    }

    String password(String asked) {
        return answered(app.password(lenders.alice(), scope(asked)));
    }

    String passwordOfTheClerk(String asked) {
        return answered(app.password(clerk, scope(asked)));
    }

    /** The link in the mail is opened where the sign-in began, and ends in a code. */
    String resetMail(String asked) {
        TestUser forgetful = member("forgetful", true);
        Browser browser = new Browser();
        LoginAttempt attempt = app.open(browser, scope(asked));
        if (!attempt.page().hasField("password")) {
            attempt = attempt.submit(Map.of("username", forgetful.username()));
        }
        if (attempt.page().hasField("kc.org")) {
            attempt = attempt.organization(NORTHBANK);
        }
        String forgotten = attempt.page()
                .document()
                .select("a[href*=reset-credentials]")
                .first()
                .absUrl("href");
        browser.open(URI.create(forgotten)).submit(Map.of("username", forgetful.username()));
        Page page = browser.open(mail.link(forgetful.username() + "@example.test"));
        String another = TestUser.PASSWORD + "-2";
        Page done = page.submit(Map.of("password-new", another, "password-confirm", another));
        LoginAttempt reset = new LoginAttempt(app, attempt.pkce(), done);
        if (!reset.atApplication()) {
            return page(done);
        }
        Tokens tokens = reset.tokens();
        // The change of the password has revoked what was issued within this second
        return tokens.status() == 200 ? tenantOf(tokens.accessClaims()) : refusal(tokens.error());
    }

    String device(String asked) {
        Response started = app.post("auth/device", Map.of("scope", scope(asked)));
        if (started.statusCode() != 200) {
            return refusal(started.path("error"));
        }
        Browser browser = new Browser();
        if (throughHarbor()) {
            signedIn(opened(browser, "openid").page(), lenders.alice());
        }
        Page page = signedIn(browser.open(URI.create(started.path("verification_uri_complete"))), lenders.alice());
        if (!page.hasField("accept")) {
            return page(page);
        }
        page.submit(Map.of("accept", "Yes"));
        return answered(app.token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "device_code",
                started.path("device_code"))));
    }

    String ciba(String asked) throws InterruptedException {
        Response started =
                app.post("ext/ciba/auth", Map.of("login_hint", lenders.alice().username(), "scope", scope(asked)));
        if (started.statusCode() != 200) {
            return refusal(started.path("error"));
        }
        phone.agree(realm);
        return answered(app.token(
                Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", started.path("auth_req_id"))));
    }

    String serviceAccount(String asked) {
        return answered(app.clientCredentials(scope(asked)));
    }

    String madeUp(String asked) {
        return madeUp(lenders.alice(), asked);
    }

    String madeUpOfTheClerk(String asked) {
        return madeUp(clerk, asked);
    }

    private String madeUp(TestUser user, String asked) {
        return answered(
                app.token(Map.of("grant_type", MadeUpGrant.TYPE, "user", user.username(), "scope", scope(asked))));
    }

    // ---- Presenting a token

    String refresh(String held, String asked) {
        return answered(app.refresh(presented(held), scope(asked)));
    }

    String exchange(String held, String asked) {
        return answered(app.exchange(presented(held).accessToken(), scope(asked)));
    }

    String exchangeOfASwitcher(String held, String asked) {
        attributes(app, Map.of("tenant.switch", "true"));
        try {
            return exchange(held, asked);
        } finally {
            attributes(app, Map.of("tenant.switch", ""));
        }
    }

    String uma(String held, String tab) {
        return answered(permission(presentedBeside(held, tab).accessToken()));
    }

    /** The client proves itself, and presents an ID token for the user. */
    String umaWithIdToken(String held, String tab) {
        return answered(app.token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:uma-ticket",
                "claim_token",
                presentedBeside(held, tab).idToken(),
                "claim_token_format",
                "http://openid.net/specs/openid-connect-core-1_0.html#IDToken",
                "audience",
                app.clientId(),
                "permission",
                loansOfApp)));
    }

    /** At a resource server whose own token exchange may switch. */
    String umaAtASwitcher(String held, String asked) {
        return answered(
                permission(
                        presented(held).accessToken(),
                        Map.of("audience", api.clientId(), "permission", loansOfApi, "scope", scope(asked))),
                api);
    }

    String umaByTicket(String held) {
        String ticket = given().auth()
                .oauth2(api.clientCredentials("openid").accessToken())
                .contentType("application/json")
                .body(List.of(Map.of("resource_id", loansOfApi)))
                .post(realm.issuer() + "/authz/protection/permission")
                .then()
                .statusCode(201)
                .extract()
                .path("ticket");
        return answered(permission(presented(held).accessToken(), Map.of("ticket", ticket)), api);
    }

    String umaAfterTheLoss() {
        Tokens tokens = holding(new Browser(), NORTHBANK, loser);
        lenders.northbank().remove(loser);
        try {
            return answered(permission(tokens.accessToken()));
        } finally {
            lenders.northbank().add(loser);
        }
    }

    /** The last of all: what was issued for the tenant until now is no longer taken. */
    String umaAfterTheOrder() {
        Tokens tokens = setting == Setting.PROVIDER ? presented(NORTHBANK) : presentedBeside(NORTHBANK, HARBOR);
        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);
        return answered(permission(tokens.accessToken()));
    }

    String userinfo(String held, String tab) {
        Response answer = app.userinfo(presentedBeside(held, tab).accessToken());
        if (answer.statusCode() != 200) {
            assertThat(answer.header("WWW-Authenticate"))
                    .as("RFC 6750, section 3")
                    .startsWith("Bearer");
            return Integer.toString(answer.statusCode());
        }
        return tenantOf(answer.jsonPath().getMap(""));
    }

    String introspection(String held, String tab) {
        Map<String, Object> answer = app.introspect(presentedBeside(held, tab).accessToken())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        return Boolean.TRUE.equals(answer.get("active")) ? tenantOf(answer) : "inactive";
    }

    /** The tenants that a switcher shows, the active one in brackets. */
    String switcher(String held) {
        Response answer =
                given().auth().oauth2(presented(held).accessToken()).get(realm.issuer() + "/tenantry/tenants");
        if (answer.statusCode() != 200) {
            return Integer.toString(answer.statusCode());
        }
        return answer.jsonPath().<Map<String, Object>>getList("").stream()
                .map(each -> {
                    String letter = String.valueOf(each.get("id")).substring(0, 1);
                    return Boolean.TRUE.equals(each.get("active")) ? '[' + letter + ']' : letter;
                })
                .collect(Collectors.joining());
    }

    /** A token of Alice's for a tenant, or for none: the same for all rows that present one, which take nothing from it. */
    private Tokens presented(String tenant) {
        return presented.computeIfAbsent(tenant, held -> holding(new Browser(), held, lenders.alice()));
    }

    /** Such a token after another tab of the same browser and client went to another tenant. */
    private Tokens presentedBeside(String tenant, String tab) {
        return presented.computeIfAbsent(tenant + " beside " + tab, key -> {
            Browser browser = new Browser();
            Tokens tokens = holding(browser, tenant, lenders.alice());
            tab(browser, tab);
            return tokens;
        });
    }

    /** A token for a tenant, or for none, of a session in this browser. */
    private Tokens holding(Browser browser, String tenant, TestUser user) {
        boolean provided = throughHarbor() || (setting == Setting.PROVIDER && tenant.equals(NORTHBANK));
        boolean proper = provided || (setting == Setting.LEVEL && ownFlows);
        if (!proper) {
            set(false);
        }
        try {
            LoginAttempt attempt = app.open(
                    browser,
                    scope(tenant.equals(NONE) ? "openid" : tenant),
                    provided ? Map.of("kc_idp_hint", PROVIDER) : Map.of());
            Tokens tokens = new LoginAttempt(app, attempt.pkce(), signedIn(attempt.page(), user)).tokens();
            assertThat(tenantOf(tokens.accessClaims())).as("what is presented").isEqualTo(tenant);
            return tokens;
        } finally {
            if (!proper) {
                set(true);
            }
        }
    }

    /** Another tab of the browser signs in for a tenant, where the setting lets it. */
    private void tab(Browser browser, String tenant) {
        boolean lifted = setting == Setting.OF_NORTHBANK || setting == Setting.OF_HARBOR || setting == Setting.LEVEL;
        if (lifted) {
            set(false);
        }
        try {
            LoginAttempt attempt = app.open(browser, scope(tenant));
            Tokens tokens = new LoginAttempt(app, attempt.pkce(), signedIn(attempt.page(), lenders.alice())).tokens();
            assertThat(tenantOf(tokens.accessClaims())).as("the other tab").isEqualTo(tenant);
        } finally {
            if (lifted) {
                set(true);
            }
        }
    }

    private Tokens permission(String accessToken) {
        return permission(accessToken, Map.of("audience", app.clientId(), "permission", loansOfApp));
    }

    /** Asked for with an access token alone, which is all that clients need to send. */
    private Tokens permission(String accessToken, Map<String, String> asked) {
        return new Tokens(given().auth()
                .oauth2(accessToken)
                .formParam("grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket")
                .formParams(asked)
                .post(realm.issuer() + "/protocol/openid-connect/token"));
    }

    // ---- What came of it

    private String answered(Tokens answer) {
        return answered(answer, app);
    }

    private String answered(Tokens answer, TestClient audience) {
        if (answer.status() != 200) {
            return refusal(answer.error());
        }
        String tenant = told(answer.accessToken(), (String) answer.json().get("id_token"), audience);
        String refreshToken = (String) answer.json().get("refresh_token");
        Map<String, Object> beside = new HashMap<>();
        // Of a token without a tenant, Keycloak repeats what was asked for
        beside.put(
                "scope of the answer", tenant.equals(NONE) ? "" : answer.json().get("scope"));
        beside.put("refresh token", refreshToken == null ? "" : Tokens.claims(refreshToken));
        return leaked(beside, tenant).isEmpty() ? tenant : tenant + ' ' + beside;
    }

    private String told(Tokens answer) {
        return answered(answer, app);
    }

    /** The tenant that all documents say. */
    private String told(String accessToken, @Nullable String idToken, TestClient audience) {
        Map<String, String> said = new LinkedHashMap<>();
        Map<String, Object> claims = Tokens.claims(accessToken);
        said.put("access token", tenantOf(claims));
        if (idToken != null) {
            said.put("ID token", tenantOf(Tokens.claims(idToken)));
        }
        Map<String, Object> introspected =
                audience.introspect(accessToken).jsonPath().getMap("");
        said.put(
                "introspection",
                Boolean.TRUE.equals(introspected.get("active")) ? tenantOf(introspected) : introspected.toString());
        if (String.valueOf(claims.get("scope")).contains("openid")) {
            Response userinfo = audience.userinfo(accessToken);
            said.put(
                    "userinfo",
                    userinfo.statusCode() == 200
                            ? tenantOf(userinfo.jsonPath().getMap(""))
                            : Integer.toString(userinfo.statusCode()));
        }
        return said.values().stream().distinct().count() == 1 ? said.get("access token") : said.toString();
    }

    /** The one tenant of a document, which must say nothing of another and have the roles of this one. */
    private String tenantOf(Map<String, Object> document) {
        boolean renamed = setting == Setting.RENAMED;
        String idClaim = renamed && !document.containsKey("tenant_id") ? "lender_id" : "tenant_id";
        String rolesClaim = idClaim.equals("lender_id") ? "lender_roles" : "tenant_roles";
        Object tenant = document.getOrDefault(idClaim, NONE);
        return leaked(document, tenant).isEmpty() && document.containsKey(rolesClaim) != tenant.equals(NONE)
                ? String.valueOf(tenant)
                : document.toString();
    }

    /** What tells of another lender than a document is for: its id, or a role there. */
    private static List<String> leaked(Map<String, Object> document, Object tenant) {
        String text = document.toString();
        return LENDERS.entrySet().stream()
                .filter(lender -> !lender.getKey().equals(tenant))
                .flatMap(lender -> lender.getValue().stream())
                .filter(text::contains)
                .toList();
    }

    private static String page(Page page) {
        return page.status() == 403 ? "page" : page + " " + page.text();
    }

    private static String refusal(@Nullable String error) {
        return switch (String.valueOf(error)) {
            case "invalid_scope" -> "scope";
            case "interaction_required" -> "stepup";
            case "access_denied" -> "denied";
            case "invalid_grant" -> "ended";
            default -> String.valueOf(error);
        };
    }

    /** Scopes as the table names them: a lender, or what comes after {@code openid}. */
    private String scope(String asked) {
        String name = setting == Setting.RENAMED ? "lender" : "organization";
        return switch (asked) {
            case "openid" -> "openid";
            case "organization" -> "openid " + name;
            case "organization:*" -> "openid " + name + ":*";
            default -> "openid " + name + ':' + asked;
        };
    }

    @Override
    public void close() {
        realm.close();
        if (corporate != null) {
            corporate.close();
        }
    }
}
