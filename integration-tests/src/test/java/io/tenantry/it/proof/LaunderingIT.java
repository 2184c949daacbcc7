package io.tenantry.it.proof;

import static io.restassured.RestAssured.given;
import static io.tenantry.it.proof.VouchedRealm.HARBOR;
import static io.tenantry.it.proof.VouchedRealm.NEW_PASSWORD;
import static io.tenantry.it.proof.VouchedRealm.NORTHBANK;
import static io.tenantry.it.proof.VouchedRealm.assertRefused;
import static io.tenantry.it.proof.VouchedRealm.assertTenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.Mailbox;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestProvider;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.it.proof.VouchedRealm.Person;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session that one lender's identity provider vouched for may make of itself: nothing that proves more. */
@WithServer
@ProcessesOnly
class LaunderingIT {
    private static final String REFUSAL = "vouched for by one organization only";

    private static Mailbox mailbox;
    private static VouchedRealm realm;

    @BeforeAll
    static void start(TestServer server) {
        mailbox = new Mailbox();
        realm = new VouchedRealm(server, mailbox.realmFields());
    }

    @AfterAll
    static void stop() {
        realm.close();
        mailbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void accountOfAnotherLenderTooGetsNoCredential(Enrolment enrolment) throws GeneralSecurityException {
        Person person = realm.employee();
        Browser browser = person.signedIn();
        realm.harbor().addMember(person.account().id());

        Page page = ask(browser, enrolment.action()).page();
        Page answer = page.status() == 403 ? page : enrolment.finish(page);

        assertThat(answer.status()).isBetween(400, 403);
        assertThat(answer.text()).contains(REFUSAL);
        assertThat(person.credentials()).isEmpty();
        assertRefused(realm.silently(browser, HARBOR));
        assertTenant(realm.silently(browser, NORTHBANK), NORTHBANK);
    }

    @ParameterizedTest
    @EnumSource
    void credentialOfOneLendersSessionIsRecordedAsThatLenders(Enrolment enrolment) throws GeneralSecurityException {
        Person person = realm.employee();
        Browser browser = person.signedIn();

        Page done = enrolment.finish(ask(browser, enrolment.action()).page());

        assertThat(done.uri().toString()).startsWith("http://app.example");
        assertThat(person.credentials()).containsExactly(enrolment.type());
        assertThat(person.vouched()).containsEntry(enrolment.type(), List.of(NORTHBANK));
    }

    @Test
    void ownPasswordIsNotReplacedInALendersSession() {
        Person person = realm.owner(realm.northbank(), realm.harbor());

        LoginAttempt refused = ask(person.signedIn(), "UPDATE_PASSWORD");

        assertThat(refused.page().status()).isEqualTo(403);
        assertTenant(realm.byPassword(person, TestUser.PASSWORD, HARBOR), HARBOR);
    }

    @Test
    void passwordOfALendersSessionStaysThatLendersWhenTheAccountJoinsAnother() throws GeneralSecurityException {
        Person person = realm.employee();
        Enrolment.PASSWORD.finish(
                ask(person.signedIn(), Enrolment.PASSWORD.action()).page());
        assertTenant(realm.byPassword(person, NEW_PASSWORD, NORTHBANK), NORTHBANK);
        realm.harbor().addMember(person.account().id());

        assertTenant(realm.byPassword(person, NEW_PASSWORD, NORTHBANK), NORTHBANK);
        assertRefused(realm.byPassword(person, NEW_PASSWORD, HARBOR));
        assertRefused(realm.app().token(passwordGrant(person, HARBOR)));
        assertTenant(realm.app().token(passwordGrant(person, NORTHBANK)), NORTHBANK);

        // An administrator knows the person by other means
        person.account().resetPassword(TestUser.PASSWORD).then().statusCode(204);
        assertTenant(realm.byPassword(person, TestUser.PASSWORD, HARBOR), HARBOR);
        assertThat(person.vouched()).doesNotContainKey("password");
    }

    @Test
    void administratorMakesCredentialsThePersonsOwn() throws GeneralSecurityException {
        Person person = realm.employee();
        Enrolment.PASSWORD.finish(
                ask(person.signedIn(), Enrolment.PASSWORD.action()).page());
        realm.harbor().addMember(person.account().id());

        realm.realm()
                .admin()
                .delete(
                        "/tenantry/users/{id}/vouched-credentials",
                        person.account().id())
                .then()
                .statusCode(204);

        assertThat(person.vouched()).isEmpty();
        assertTenant(realm.byPassword(person, NEW_PASSWORD, HARBOR), HARBOR);
    }

    @Test
    void passwordOfALendersMemberWhoJoinedAnotherIsStillTheirsToChange() throws GeneralSecurityException {
        Person person = realm.employee();
        Enrolment.PASSWORD.finish(
                ask(person.signedIn(), Enrolment.PASSWORD.action()).page());
        realm.harbor().addMember(person.account().id());

        Browser browser = person.signedIn();
        Page done = ask(browser, "UPDATE_PASSWORD")
                .page()
                .submit(Map.of("password-new", TestUser.PASSWORD, "password-confirm", TestUser.PASSWORD));

        assertThat(done.uri().toString()).startsWith("http://app.example");
        assertTenant(realm.byPassword(person, TestUser.PASSWORD, NORTHBANK), NORTHBANK);
        assertRefused(realm.byPassword(person, TestUser.PASSWORD, HARBOR));
    }

    @Test
    void passwordByMailProvesNoMoreThanTheProviderThatAssertedTheAddress() {
        Person person = realm.employee();
        person.signedIn();
        realm.harbor().addMember(person.account().id());
        assertThat(person.vouched()).containsEntry("address", List.of(NORTHBANK));

        Browser browser = new Browser();
        reset(browser, person, person.name() + "@northbank.example");

        assertRefused(realm.silently(browser, HARBOR));
        assertRefused(realm.byPassword(person, NEW_PASSWORD, HARBOR));
        assertTenant(realm.byPassword(person, NEW_PASSWORD, NORTHBANK), NORTHBANK);
    }

    @Test
    void passwordByMailOfAnOwnAccountIsItsOwn() {
        Person person = realm.owner(realm.northbank(), realm.harbor());

        reset(new Browser(), person, person.name() + "@northbank.example");

        assertTenant(realm.byPassword(person, NEW_PASSWORD, HARBOR), HARBOR);
    }

    @Test
    void addressOfAnotherLendersAccountIsNotChangedInALendersSession() {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Tokens session = person.throughProvider(new Browser(), Map.of());

        Response refused = changeAddress(session, person, "attacker-" + person.name() + "@evil.example");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body().asString()).contains("tenantryProofRefused");
        assertThat(person.account().representation().get("email")).isEqualTo(person.name() + "@northbank.example");
    }

    @Test
    void addressThatALendersSessionSetProvesNoMoreThanThatLender() {
        Person person = realm.owner(realm.northbank());
        String address = "attacker-" + person.name() + "@evil.example";
        Tokens session = person.throughProvider(new Browser(), Map.of());
        changeAddress(session, person, address).then().statusCode(204);
        realm.harbor().add(person.account());
        assertTenant(realm.byPassword(person, TestUser.PASSWORD, HARBOR), HARBOR);

        Browser browser = new Browser();
        reset(browser, person, address);

        assertRefused(realm.silently(browser, HARBOR));
        assertRefused(realm.byPassword(person, NEW_PASSWORD, HARBOR));
        assertTenant(realm.byPassword(person, NEW_PASSWORD, NORTHBANK), NORTHBANK);
    }

    @Test
    void linkToAnotherProviderIsNotTakenAwayInALendersSession() {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        realm.realm()
                .admin()
                .body(Map.of(
                        "alias",
                        "social-" + person.name(),
                        "providerId",
                        "github",
                        "enabled",
                        true,
                        "config",
                        Map.of("clientId", "a", "clientSecret", "b")))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
        realm.realm()
                .admin()
                .body(Map.of("identityProvider", "social-" + person.name(), "userId", "1", "userName", "one"))
                .post("/users/{id}/federated-identity/{alias}", person.account().id(), "social-" + person.name())
                .then()
                .statusCode(204);
        Tokens vouched = person.throughProvider(new Browser(), Map.of());
        Tokens own = realm.byPassword(person, TestUser.PASSWORD, HARBOR);

        assertThat(unlink(vouched, "social-" + person.name()).statusCode()).isEqualTo(403);
        assertThat(unlink(own, "social-" + person.name()).statusCode()).isEqualTo(204);
    }

    @Test
    void linkToAProviderOfTheWholeRealmIsNotMadeInALendersSession(TestServer server) {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        try (TestRealm social = server.createRealm()) {
            String alias = "social-of-" + person.name();
            TestUser identity = social.user("attacker");
            TestProvider.create(realm.realm(), alias, social, Map.of());

            Page refused = link(person.signedIn(), alias, identity);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains(REFUSAL);
            assertThat(links(person)).containsExactly(VouchedRealm.PROVIDER);

            Browser own = new Browser();
            realm.app()
                    .open(own, "openid")
                    .credentials(person.account(), TestUser.PASSWORD)
                    .tokens();
            assertThat(link(own, alias, identity).uri().toString()).startsWith("http://app.example");
            assertThat(links(person)).contains(alias);
        }
    }

    @Test
    void credentialThatOthersRelyOnIsNotTakenAwayInALendersSession() throws GeneralSecurityException {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser own = withApp(person);
        assertThat(person.vouched()).isEmpty();
        String otp = otp(person);

        Page refused = delete(person.signedIn(), otp);

        // Keycloak's action says so of whatever goes wrong
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains(REFUSAL);
        assertThat(person.credentials()).contains("otp");
        assertThat(delete(own, otp).uri().toString()).startsWith("http://app.example");
    }

    /** A sign-in can be told to end with an action, before there is a session. */
    @Test
    void credentialThatOthersRelyOnIsNotTakenAwayWhileSigningInThroughALender() throws GeneralSecurityException {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        withApp(person);

        Page refused = throughProvider(person, "delete_credential:" + otp(person));

        assertThat(refused.text()).contains(REFUSAL);
        assertThat(person.credentials()).contains("otp");
    }

    @Test
    void accountOfAnotherLenderTooIsNotDeletedInALendersSession() {
        realm.realm()
                .admin()
                .body(Map.of(
                        "alias",
                        "delete_account",
                        "providerId",
                        "delete_account",
                        "name",
                        "Delete Account",
                        "enabled",
                        true,
                        "defaultAction",
                        false,
                        "priority",
                        60))
                .put("/authentication/required-actions/delete_account")
                .then()
                .statusCode(204);
        Person person = realm.owner(realm.northbank(), realm.harbor());
        allowToDelete(person);

        Page refused = throughProvider(person, "delete_account");

        assertThat(refused.text()).contains("do not have enough permissions");
        assertThat(person.credentials()).contains("password");
        ask(new Browser(), "delete_account")
                .credentials(person.account(), TestUser.PASSWORD)
                .page()
                .submit(Map.of());
        assertThat(realm.realm()
                        .admin()
                        .queryParam("username", person.name())
                        .queryParam("exact", true)
                        .get("/users")
                        .jsonPath()
                        .getList("id"))
                .isEmpty();
    }

    /** Signs in through the lender's provider and confirms the action that the sign-in ends with. */
    private static Page throughProvider(Person person, String action) {
        return realm.app()
                .open(new Browser(), "openid", Map.of("kc_action", action, "kc_idp_hint", realm.alias()))
                .credentials(person.employee(), TestUser.PASSWORD)
                .page()
                .submit(Map.of());
    }

    /** A browser in which the owner has signed in by the password and enrolled an authenticator app. */
    private static Browser withApp(Person person) throws GeneralSecurityException {
        Browser own = new Browser();
        realm.app()
                .open(own, "openid")
                .credentials(person.account(), TestUser.PASSWORD)
                .tokens();
        Enrolment.APP.finish(ask(own, Enrolment.APP.action()).page());
        return own;
    }

    private static String otp(Person person) {
        return realm.realm()
                .admin()
                .get("/users/{id}/credentials", person.account().id())
                .jsonPath()
                .getString("find { it.type == 'otp' }.id");
    }

    private static void allowToDelete(Person person) {
        String account = realm.realm()
                .admin()
                .queryParam("clientId", "account")
                .get("/clients")
                .jsonPath()
                .getString("[0].id");
        Map<String, Object> role = realm.realm()
                .admin()
                .get("/clients/{id}/roles/delete-account", account)
                .jsonPath()
                .getMap("");
        realm.realm()
                .admin()
                .body(List.of(role))
                .post(
                        "/users/{id}/role-mappings/clients/{client}",
                        person.account().id(),
                        account)
                .then()
                .statusCode(204);
    }

    private static Page delete(Browser browser, String credentialId) {
        return ask(browser, "delete_credential:" + credentialId).page().submit(Map.of());
    }

    /** Has a signed-in browser add a link to the provider, as this identity. */
    private static Page link(Browser browser, String alias, TestUser identity) {
        LoginAttempt asked = ask(browser, "idp_link:" + alias);
        LoginAttempt there = asked.page().hasField("username") ? asked : asked.submit(Map.of());
        return there.credentials(identity, TestUser.PASSWORD).page();
    }

    private static List<String> links(Person person) {
        return realm.realm()
                .admin()
                .get("/users/{id}/federated-identity", person.account().id())
                .jsonPath()
                .getList("identityProvider");
    }

    private static LoginAttempt ask(Browser browser, String action) {
        return realm.app().open(browser, "openid", Map.of("kc_action", action));
    }

    private static Map<String, String> passwordGrant(Person person, String tenant) {
        return Map.of(
                "grant_type",
                "password",
                "username",
                person.name(),
                "password",
                NEW_PASSWORD,
                "scope",
                "openid organization:" + tenant);
    }

    /** By the link in the mail, to a new password. */
    private static void reset(Browser browser, Person person, String address) {
        realm.forgotten(browser, person, "openid organization:" + NORTHBANK);
        Page done = browser.open(mailbox.link(address))
                .submit(Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
        assertThat(done.uri().toString()).as(done.text()).startsWith("http://app.example");
    }

    private static Response changeAddress(Tokens session, Person person, String address) {
        return given().auth()
                .oauth2(session.accessToken())
                .contentType(ContentType.JSON)
                .accept(ContentType.JSON)
                .body(Map.of("username", person.name(), "firstName", "First", "lastName", "Last", "email", address))
                .post(realm.realm().issuer() + "/account/");
    }

    private static Response unlink(Tokens session, String alias) {
        return given().auth()
                .oauth2(session.accessToken())
                .accept(ContentType.JSON)
                .delete(realm.realm().issuer() + "/account/linked-accounts/" + alias);
    }
}
