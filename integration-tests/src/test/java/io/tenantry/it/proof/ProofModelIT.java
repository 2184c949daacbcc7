package io.tenantry.it.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.CutoffWindow;
import io.tenantry.it.Exhaustive;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.Mailbox;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.it.proof.ProofModel.Credential;
import io.tenantry.it.proof.ProofModel.Held;
import io.tenantry.it.proof.ProofModel.Lender;
import io.tenantry.it.proof.ProofModel.Session;
import io.tenantry.it.proof.ProofModel.Verdict;
import io.tenantry.it.proof.VouchedRealm.Person;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of signing in (by password, through a lender's provider, by a mail, for a device), enrolling, joining,
 * leaving, disabling, founding again, switching, refreshing, exchanging and asking for permissions, against
 * {@link ProofModel}. Every token is checked, and every refusal; a failure names the seed and the steps.
 */
@WithServer
@ProcessesOnly
class ProofModelIT {
    private static final int STEPS = 90;
    private static final int MOST_PAGES = 8;
    private static final int RECENT_SECONDS = 20;

    private final Random random = new Random();
    private final List<String> steps = new ArrayList<>();

    private Mailbox mailbox;
    private VouchedRealm realm;
    private TestClient app;
    private TestClient switcher;
    private String resource;
    private Person person;
    private TestUser account;
    private ProofModel model;
    private int numbers;

    /** Whether the person's password of this realm was asked for on the way. */
    private boolean typedHere;

    /** What a step does. */
    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    @BeforeEach
    void start(TestServer server) {
        mailbox = new Mailbox();
        Map<String, Object> fields = new HashMap<>(mailbox.realmFields());
        // Keycloak heeds none of them without the type
        fields.putAll(Map.of(
                "otpPolicyType",
                "totp",
                "otpPolicyAlgorithm",
                "HmacSHA1",
                "otpPolicyDigits",
                6,
                "otpPolicyPeriod",
                30,
                "otpPolicyLookAheadWindow",
                1,
                "otpPolicyCodeReusable",
                true));
        realm = new VouchedRealm(server, fields);
        leaveAppsAsTheyAreAfterAMail();
        app = realm.app()
                .update(Map.of(
                        "attributes",
                        Map.of(
                                "oauth2.device.authorization.grant.enabled", "true",
                                "standard.token.exchange.enabled", "true")));
        resource = app.audience(app).protectedResource("loans");
        switcher = realm.realm()
                .confidentialClient("switcher")
                .mapper("tenant-claims-mapper", Map.of("access.token.claim", "true", "id.token.claim", "true"));
        switcher.update(
                Map.of("attributes", Map.of("standard.token.exchange.enabled", "true", "tenant.switch", "true")));
        app.audience(switcher);
        switcher.audience(switcher);
        person = realm.owner();
        account = person.account();
        model = new ProofModel(founded(realm.northbank()), founded(realm.harbor()), TestUser.PASSWORD);
        model.lenders.forEach(this::join);
    }

    @AfterEach
    void stop() {
        realm.close();
        mailbox.close();
    }

    /**
     * Those of the property {@code tenantry.seeds}, separated by commas; else two that found faults once, and new ones
     * where a build has the time.
     */
    static LongStream seeds() {
        String asked = System.getProperty("tenantry.seeds");
        return asked == null
                ? LongStream.concat(LongStream.of(11, 14), new Random().longs(Exhaustive.of(30, 0)))
                : Stream.of(asked.split(",", -1)).mapToLong(Long::parseLong);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySessionGetsWhatItIsProvenForAndNothingElse(long seed) throws Exception {
        random.setSeed(seed);
        signInByPassword();
        signInThroughProvider();
        List<Step> beginnings = List.of(
                this::signInByPassword,
                this::signInThroughProvider,
                this::signInByMail,
                this::joinOrLeave,
                this::enableOrDisable);
        List<Step> all = Stream.concat(
                        beginnings.stream(),
                        Stream.of(
                                this::proveOnceMore,
                                this::device,
                                this::tab,
                                this::tab,
                                this::refresh,
                                this::refresh,
                                this::exchange,
                                this::exchange,
                                this::permissions,
                                this::setPassword,
                                this::enrolApp,
                                this::removeApp,
                                this::joinOrLeave,
                                this::enableOrDisable,
                                this::foundAgain))
                .toList();
        for (int step = 0; step < STEPS; step++) {
            try {
                one(model.sessions.isEmpty() ? beginnings : all).take();
            } catch (Exception | AssertionError e) {
                throw new AssertionError(story(seed) + ": " + e.getMessage(), e);
            }
        }
        assertThat(model.held).as(story(seed)).isNotEmpty();
    }

    // ---- Signing in

    private void signInByPassword() throws Exception {
        Session session = session();
        Lender lender = one(model.lenders);
        steps.add(session + " by password for " + lender);
        enter(session, lender, Map.of());
    }

    /** Of a lender that is disabled, Keycloak offers no provider. */
    private void signInThroughProvider() throws Exception {
        if (!model.lenders.get(0).enabled) {
            return;
        }
        Session session = session();
        Lender lender = one(model.lenders);
        steps.add(session + " through the provider for " + lender);
        enter(session, lender, Map.of("kc_idp_hint", realm.alias()));
    }

    /** In a browser that has a session: proofs add up. */
    private void proveOnceMore() throws Exception {
        Session session = anySession();
        Lender lender = one(model.lenders);
        boolean hinted = random.nextBoolean() && model.lenders.get(0).enabled;
        steps.add("once more " + session + (hinted ? " with the provider's hint" : "") + " for " + lender);
        enter(
                session,
                lender,
                hinted ? Map.of("prompt", "login", "kc_idp_hint", realm.alias()) : Map.of("prompt", "login"));
    }

    private void signInByMail() {
        Session session = session();
        String password = "Battery-Horse-" + ++numbers;
        steps.add(session + " by mail");
        realm.forgotten(session.browser, person, "openid");
        Page[] done = new Page[1];
        model.cutoffs.add(CutoffWindow.at(() -> done[0] = session.browser
                .open(mailbox.link(person.name() + "@northbank.example"))
                .submit(Map.of("password-new", password, "password-confirm", password))));
        assertThat(done[0].parameter("code")).as(done[0].text()).isPresent();
        session.own = model.password.counting();
        model.password = new Credential(password, model.password.counting());
        model.sessions.add(session);
    }

    /** A tab of a session that asks for a lender. */
    private void tab() throws Exception {
        Session session = anySession();
        Lender lender = one(model.lenders);
        steps.add("tab of " + session + " for " + lender);
        enter(session, lender, Map.of());
    }

    private void device() throws Exception {
        Session session = anySession();
        Lender lender = one(model.lenders);
        steps.add("device in " + session + " for " + lender);
        Response started = app.post("auth/device", Map.of("scope", scope(lender)));
        if (started.statusCode() != 200) {
            assertThat(model.enters(session, lender))
                    .as("Keycloak refuses the scope")
                    .isEqualTo(Verdict.REFUSED);
            return;
        }
        typedHere = false;
        Page page = through(session.browser.open(URI.create(started.path("verification_uri_complete"))));
        if (page.hasField("accept")) {
            page.submit(Map.of("accept", "Yes"));
        }
        prove(session, Map.of());
        Tokens polled = app.token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "device_code",
                started.path("device_code")));
        check(app, polled, model.enters(session, lender), lender, Optional.of(session));
    }

    /** Signs in on the pages that come, and takes note of what the sign-in proved if it ended. */
    private void enter(Session session, Lender lender, Map<String, String> more) throws Exception {
        typedHere = false;
        LoginAttempt attempt = app.open(session.browser, scope(lender), more);
        Page done = through(attempt.page());
        prove(session, more);
        if (done.parameter("code").isEmpty()) {
            assertThat(model.enters(session, lender))
                    .as(done + ", which says: " + done.text())
                    .isEqualTo(Verdict.REFUSED);
            if (typedHere || more.containsKey("kc_idp_hint")) {
                forget(session);
            }
            return;
        }
        if (!model.sessions.contains(session)) {
            model.sessions.add(session);
        }
        Tokens answer = new LoginAttempt(app, attempt.pkce(), done).tokens();
        check(app, answer, model.enters(session, lender), lender, Optional.of(session));
    }

    /** By whichever way the pages went: where somebody is signed in, Keycloak may ask for the password and heed no hint. */
    private void prove(Session session, Map<String, String> more) {
        if (typedHere) {
            session.own = model.byCredentials();
        } else if (more.containsKey("kc_idp_hint")) {
            session.provided = model.byProvider();
        }
    }

    /** Nobody can tell what a sign-in that was refused on its way has left behind. */
    private void forget(Session session) {
        model.sessions.remove(session);
        model.held.removeIf(held -> held.session().equals(session));
    }

    /** Answers what is asked: the employer's pages know the person by another password. */
    private Page through(Page first) throws Exception {
        Page page = first;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            boolean here = page.uri().toString().startsWith(realm.realm().issuer() + "/");
            Map<String, String> answers = new HashMap<>();
            answers.put("username", person.name());
            answers.put("password", here ? model.password.secret() : TestUser.PASSWORD);
            Credential phone = model.app;
            if (phone != null) {
                answers.put("otp", Totp.code(phone.secret()));
            }
            Page asking = page;
            answers.keySet().removeIf(field -> !asking.hasField(field));
            if (answers.isEmpty()) {
                return page;
            }
            typedHere |= here && answers.containsKey("password");
            steps.add("(types " + answers.keySet() + (here ? ")" : " elsewhere)"));
            page = page.submit(answers);
        }
        return page;
    }

    // ---- Presenting a token

    private void refresh() {
        Held old = anyHeld();
        if (old == null) {
            return;
        }
        Lender lender = random.nextBoolean() ? old.lender() : one(model.lenders);
        boolean naming = random.nextBoolean();
        steps.add("refresh " + old + (naming ? " for " + lender : ""));
        Verdict expected = model.refreshes(old).and(Verdict.of(!naming || lender == old.lender()));
        Tokens answer = naming ? app.refresh(old.tokens(), scope(lender)) : app.refresh(old.tokens());
        check(app, answer, expected, old.lender(), Optional.of(old.session()));
    }

    private void exchange() {
        Held subject = anyHeld();
        if (subject == null) {
            return;
        }
        Lender target = one(model.lenders);
        TestClient client = random.nextBoolean() ? app : switcher;
        steps.add("exchange " + subject + " at " + client.clientId() + " for " + target);
        Verdict expected = model.presents(subject)
                .and(model.enters(subject.session(), target))
                .and(Verdict.of(target.equals(subject.lender()) || client.equals(switcher)));
        Tokens answer = client.exchange(subject.tokens().accessToken(), scope(target));
        check(client, answer, expected, target, Optional.empty());
        if (answer.status() == 200 && client.equals(app)) {
            model.issued(subject.session(), target, issuedAt(answer));
        }
    }

    private void permissions() {
        Held subject = anyHeld();
        if (subject == null) {
            return;
        }
        steps.add("permissions with " + subject);
        Tokens answer = new Tokens(given().auth()
                .oauth2(subject.tokens().accessToken())
                .formParam("grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket")
                .formParam("audience", app.clientId())
                .formParam("permission", resource)
                .post(realm.realm().issuer() + "/protocol/openid-connect/token"));
        check(app, answer, model.presents(subject), subject.lender(), Optional.empty());
        if (answer.status() == 200) {
            model.issued(subject.session(), subject.lender(), issuedAt(answer));
            Held permitted = held(answer, subject.lender(), subject.session());
            check(app, app.refresh(answer), model.refreshes(permitted), subject.lender(), Optional.empty());
        }
    }

    // ---- Credentials

    private void setPassword() {
        Session session = anySession();
        String password = "Battery-Horse-" + ++numbers;
        steps.add(session + " sets a password");
        change(
                session,
                model.password,
                "UPDATE_PASSWORD",
                page -> page.submit(Map.of("password-new", password, "password-confirm", password)),
                window -> {
                    model.password = new Credential(password, model.counting(session));
                    model.cutoffs.add(window);
                });
    }

    private void enrolApp() {
        if (model.app != null) {
            return;
        }
        Session session = anySession();
        steps.add(session + " enrols an app");
        String[] secret = new String[1];
        change(
                session,
                null,
                "CONFIGURE_TOTP",
                page -> {
                    secret[0] = page.document().selectFirst("[name=totpSecret]").attr("value");
                    return page.submit(Map.of("totp", Totp.code(secret[0]), "userLabel", "phone"));
                },
                window -> model.app = new Credential(secret[0], model.counting(session)));
    }

    private void removeApp() {
        Credential phone = model.app;
        if (phone == null) {
            return;
        }
        Session session = anySession();
        steps.add(session + " removes the app");
        String id = realm.realm()
                .admin()
                .get("/users/{id}/credentials", account.id())
                .jsonPath()
                .getString("find { it.type == 'otp' }.id");
        change(session, phone, "delete_credential:" + id, page -> page.submit(Map.of()), window -> {
            model.app = null;
            model.cutoffs.add(window);
        });
    }

    /** Fills in an action's page. */
    @FunctionalInterface
    private interface Filling {
        Page fill(Page page) throws Exception;
    }

    private void change(
            Session session,
            @Nullable Credential replaced,
            String action,
            Filling filling,
            Consumer<CutoffWindow> changed) {
        Page asked =
                app.open(session.browser, "openid", Map.of("kc_action", action)).page();
        if ((asked.hasField("username") || asked.hasField("password")) && !asked.hasField("password-new")) {
            steps.add("(that was too long ago: Keycloak asks who it is)");
            return;
        }
        Page[] done = {asked};
        CutoffWindow window = CutoffWindow.at(() -> {
            try {
                done[0] = asked.document().selectFirst("form") == null ? asked : filling.fill(asked);
            } catch (Exception e) {
                throw new AssertionError(asked + ", which says: " + asked.text(), e);
            }
        });
        boolean made = done[0].parameter("kc_action_status").equals(Optional.of("success"));
        assertThat(Verdict.of(made)).as(done[0] + " " + done[0].text()).isEqualTo(model.changes(session, replaced));
        if (made) {
            changed.accept(window);
        }
    }

    // ---- Lenders

    private Lender founded(TestOrg org) {
        String role = "role-" + ++numbers + "-of-" + org.alias();
        return new Lender(org, org.group("staff").realmRole(role), role);
    }

    private void joinOrLeave() {
        Lender lender = one(model.lenders);
        if (lender.joined) {
            steps.add("leave " + lender);
            lender.cutoffs.add(CutoffWindow.around(() -> lender.org.remove(account)));
            model.lost(lender);
        } else {
            steps.add("join " + lender);
            join(lender);
        }
    }

    private void join(Lender lender) {
        lender.org.add(account);
        lender.staff.add(account);
        lender.joined = true;
    }

    private void enableOrDisable() {
        Lender lender = one(model.lenders);
        steps.add((lender.enabled ? "disable " : "enable ") + lender);
        CutoffWindow window = CutoffWindow.around(() -> lender.org.update(Map.of("enabled", !lender.enabled)));
        lender.enabled = !lender.enabled;
        if (!lender.enabled) {
            lender.cutoffs.add(window);
        }
    }

    /** The same alias, and for northbank the same provider. */
    private void foundAgain() {
        Lender lender = one(model.lenders);
        steps.add("found " + lender + " again");
        lender.cutoffs.add(CutoffWindow.around(lender.org::delete));
        model.lost(lender);
        Lender anew = founded(realm.realm().org(lender.alias));
        if (lender == model.lenders.get(0)) {
            anew.org.linkProvider(realm.alias());
        }
        lender.foundedAs(anew);
        if (random.nextBoolean()) {
            steps.add("join " + lender);
            join(lender);
        }
    }

    // ---- What came of it

    /**
     * Looks at an answer, and keeps its tokens.
     *
     * @param session that refreshes them, if that is to be tried
     */
    private void check(TestClient client, Tokens answer, Verdict expected, Lender lender, Optional<Session> session) {
        if (answer.status() != 200) {
            assertThat(answer.error()).isNotBlank();
            assertThat(expected == Verdict.GRANTED && !overtaken(answer, lender))
                    .as("refused: " + answer + " " + answer.errorDescription())
                    .isFalse();
            return;
        }
        assertThat(expected).as("tokens for " + lender).isNotEqualTo(Verdict.REFUSED);
        assertOf(lender, answer.accessClaims());
        if (answer.json().get("id_token") != null) {
            assertOf(lender, answer.idClaims());
        }
        assertThat(String.valueOf(answer.json().get("scope"))).doesNotContain(other(lender).alias);
        long issuedAt = issuedAt(answer);
        Map<String, Object> introspected =
                client.introspect(answer.accessToken()).jsonPath().getMap("");
        Verdict lives = model.accessTokenLives(lender, issuedAt);
        if (lives != Verdict.EITHER) {
            assertThat(introspected).containsEntry("active", lives == Verdict.GRANTED);
        }
        if (Boolean.TRUE.equals(introspected.get("active"))) {
            assertOf(lender, introspected);
        }
        if (session.isPresent()) {
            model.issued(session.get(), lender, issuedAt);
            model.held.add(held(answer, lender, session.get()));
        }
    }

    /** A request that takes long may be refused for what was revoked just before it. */
    private boolean overtaken(Tokens answer, Lender lender) {
        Instant recently = Instant.now().minusSeconds(RECENT_SECONDS);
        return String.valueOf(answer.errorDescription()).contains("revoked during this request")
                && Stream.concat(lender.cutoffs.stream(), model.cutoffs.stream())
                        .anyMatch(cutoff -> cutoff.latest().isAfter(recently));
    }

    private static Held held(Tokens answer, Lender lender, Session session) {
        return new Held(answer, lender, session, lender.losses, issuedAt(answer));
    }

    private void assertOf(Lender lender, Map<String, Object> document) {
        assertThat(document)
                .containsEntry("tenant_id", lender.alias)
                .containsEntry("tenant_roles", List.of(lender.role));
        Map<String, Object> rest = new HashMap<>(document);
        // The person's address is the employer's, whichever lender a token is for
        rest.remove("email");
        assertThat(rest.toString()).doesNotContain(other(lender).alias);
    }

    private Lender other(Lender lender) {
        return model.lenders.get(1 - model.lenders.indexOf(lender));
    }

    private static long issuedAt(Tokens answer) {
        return ((Number) answer.accessClaims().get("iat")).longValue();
    }

    private static String scope(Lender lender) {
        return "openid organization:" + lender.alias;
    }

    private Session session() {
        return new Session(new Browser(), ++numbers);
    }

    /** The last ones rather than those of long ago. */
    private Session anySession() {
        List<Session> all = model.sessions;
        return one(all.subList(Math.max(0, all.size() - 4), all.size()));
    }

    private @Nullable Held anyHeld() {
        List<Held> all = model.held;
        return all.isEmpty() ? null : one(all.subList(Math.max(0, all.size() - 10), all.size()));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The standard flow has people who have an app set up another after a mail. */
    private void leaveAppsAsTheyAreAfterAMail() {
        String flow = "/authentication/flows/reset credentials/executions";
        Map<String, Object> step = realm.realm().admin().get(flow).jsonPath().<Map<String, Object>>getList("").stream()
                .filter(each -> String.valueOf(each.get("displayName")).contains("Conditional OTP"))
                .findFirst()
                .orElseThrow();
        step.put("requirement", "DISABLED");
        realm.realm().admin().body(step).put(flow).then().statusCode(204);
    }

    private String story(long seed) {
        return "-Dtenantry.seeds=" + seed + " after " + steps + " at " + Instant.now();
    }
}
