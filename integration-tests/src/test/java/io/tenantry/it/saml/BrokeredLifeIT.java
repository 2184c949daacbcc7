package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.PublishedRevocations;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of people who come in through their lender's identity provider. */
@WithServer
class BrokeredLifeIT {
    private static Brokering realm;
    private static HandIdp idp;

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(server);
        idp = realm.northbankIdp();
        realm.northbank().group("officers").realmRole("loan-officer");
        realm.northbank().group("auditors").realmRole("auditor");
        realm.northbank().group("hand-picked").realmRole("chair");
        realm.harbor().group("harbor-staff").realmRole("harbor-officer");
        realm.mapper(
                idp.alias(),
                "tenant-saml-roles",
                "roles",
                Map.of(
                        "roles.attribute",
                        "roles",
                        "roles.groups",
                        "[{\"key\":\"officer\",\"value\":\"officers\"},{\"key\":\"auditor\",\"value\":\"/auditors\"},"
                                + "{\"key\":\"spy\",\"value\":\"harbor-staff\"},"
                                + "{\"key\":\"spy\",\"value\":\"harbor/harbor-staff\"},"
                                + "{\"key\":\"admin\",\"value\":\"realm-admin\"}]"));
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @AfterEach
    void defaults() {
        realm.rules(idp, Map.of());
    }

    @Test
    void newPersonBecomesAManagedMemberAndTheLenderIsActive() {
        Tokens tokens = login();

        assertThat(realm.members(realm.northbank())).contains(person);
        assertThat(realm.members(realm.harbor())).doesNotContain(person);
        assertThat(realm.membership(
                        realm.northbank(), (String) realm.account(person).get("id")))
                .isEqualTo("MANAGED");
        assertThat(tokens.accessClaims().get("organization")).asString().contains("northbank");
    }

    @Test
    void memberOfTwoLendersGetsNothingForTheOtherOne() {
        login();
        realm.harbor().addMember((String) realm.account(person).get("id"));

        assertThat(login().accessClaims().get("organization"))
                .asString()
                .contains("northbank")
                .doesNotContain("harbor");
        Asked forHarbor = realm.ask(idp, "openid organization:harbor");
        Tokens refused = forHarbor.tokens(forHarbor.send(forHarbor.answer(person)));
        assertThat(refused.error()).isEqualTo("access_denied");
        Asked forAll = realm.ask(idp, "openid organization:*");
        assertThat(forAll.tokens(forAll.send(forAll.answer(person))).error()).isEqualTo("access_denied");
    }

    @Test
    void craftedFormPostDoesNotChooseTheOtherLender() {
        login();
        realm.harbor().addMember((String) realm.account(person).get("id"));
        Browser browser = new Browser();
        Asked asked = realm.ask(browser, idp, "openid organization");
        asked.tokens(asked.send(asked.answer(person)));

        LoginAttempt second = realm.app().open(browser, "openid organization");
        assertThat(second.page().hasField("kc.org"))
                .as("%s", second.page().text())
                .isTrue();
        LoginAttempt chosen = second.organization("harbor");

        // The server sends the managed member to its own lender's provider again, whose word then decides
        Asked again = realm.asked(browser, idp, chosen);
        Tokens tokens = again.tokens(again.send(again.answer(person)));
        assertThat(tokens.accessClaims().get("organization"))
                .asString()
                .contains("northbank")
                .doesNotContain("harbor");
    }

    @Test
    void choiceBeforeTheRedirectDoesNotCount() {
        TestUser both = realm.realm().user(person, Map.of("email", person + "@northbank.example"));
        realm.northbank().add(both);
        realm.harbor().add(both);
        Browser browser = new Browser();
        LoginAttempt attempt = realm.app().open(browser, "openid organization");
        LoginAttempt named = attempt.submit(Map.of("username", person));
        if (named.page().hasField("kc.org")) {
            named = named.organization("harbor");
        }
        assertThat(named.atApplication()).isFalse();

        Asked asked = realm.ask(browser, idp, "openid organization");
        String other = Brokering.person();
        assertThat(asked.tokens(asked.send(asked.answer(other))).accessClaims().get("organization"))
                .asString()
                .contains("northbank")
                .doesNotContain("harbor");
    }

    @Test
    void rolesFollowTheAttributeAndOtherGroupsStay() {
        login("officer", "auditor");
        assertThat(realm.groupsIn(realm.northbank(), "officers")).contains(person);
        assertThat(realm.groupsIn(realm.northbank(), "auditors")).contains(person);
        String id = (String) realm.account(person).get("id");
        List<Map<String, Object>> handPicked =
                realm.get("/organizations/" + realm.northbank().id() + "/groups?search=hand-picked");
        realm.realm()
                .admin()
                .put(
                        "/organizations/{org}/groups/{group}/members/{user}",
                        realm.northbank().id(),
                        handPicked.get(0).get("id"),
                        id)
                .then()
                .statusCode(204);

        login("auditor");
        assertThat(realm.groupsIn(realm.northbank(), "officers")).doesNotContain(person);
        assertThat(realm.groupsIn(realm.northbank(), "auditors")).contains(person);

        login();
        assertThat(realm.groupsIn(realm.northbank(), "auditors")).doesNotContain(person);
        assertThat(realm.groupsIn(realm.northbank(), "hand-picked")).contains(person);
    }

    @Test
    void lostRoleRevokesWhatWasIssuedBeforeTheSignInAndNotWhatComesOfIt() throws InterruptedException {
        Tokens before = login("officer", "auditor");
        // Tokens say the second alone
        Thread.sleep(1_100);
        Tokens after = login("auditor");

        Selector member =
                Selector.member("northbank", (String) realm.account(person).get("id"));
        assertThat(PublishedRevocations.of(realm.realm()).cutoff(member))
                .hasValueSatisfying(cutoff ->
                        assertThat(cutoff).isAfterOrEqualTo(issuedAt(before)).isBefore(issuedAt(after)));
    }

    @Test
    void tableReachesNeitherAnotherLendersGroupNorARole() {
        login("spy", "admin");

        assertThat(realm.members(realm.northbank())).contains(person);
        assertThat(realm.groupsIn(realm.harbor(), "harbor-staff")).doesNotContain(person);
        String id = (String) realm.account(person).get("id");
        assertThat(realm.realm().admin().get("/users/{id}/role-mappings", id).asString())
                .doesNotContain("realm-admin")
                .doesNotContain("harbor-officer");
        assertThat(realm.get("/organizations/" + realm.northbank().id() + "/groups?search=realm-admin"))
                .isEmpty();
        assertThat(realm.get("/groups?search=realm-admin")).isEmpty();
    }

    @Test
    void roleTableThatCannotBeReadLetsNobodyInNorCreatesAnybody() {
        HandIdp broken = realm.idp("broken-" + person, realm.northbank(), SigningKey.fresh());
        realm.mapper(
                broken.alias(),
                "tenant-saml-roles",
                "roles",
                Map.of("roles.attribute", "roles", "roles.groups", "[{\"key\":\"officer\",\"value\":\"/\"}]"));
        Written before = Written.in(realm);
        Asked asked = realm.ask(broken);

        HostileSamlIT.assertRefusal(
                realm, "settings", asked.send(asked.answer(person).attribute("roles", "officer")), before);
    }

    @Test
    void addressEditedOnTheReviewPageIsRefused() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        answer.attributes.remove("urn:oid:2.5.4.4");
        Page review = asked.send(answer);
        assertThat(review.hasField("email")).as("%s", review.text()).isTrue();

        Page refused = review.submit(
                Map.of("email", "ceo@northbank.example", "firstName", "First", "lastName", "Last", "username", person));

        HostileSamlIT.assertRefusal(realm, "profile-edit", refused, before);
    }

    @Test
    void fieldLeftOpenIsCompletedOnTheReviewPage() {
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        answer.attributes.remove("urn:oid:2.5.4.4");

        Page done = asked.send(answer)
                .submit(Map.of(
                        "email",
                        person + "@northbank.example",
                        "firstName",
                        "First",
                        "lastName",
                        "Completed",
                        "username",
                        person));

        assertThat(asked.tokens(done).status()).isEqualTo(200);
        assertThat(realm.account(person)).containsEntry("lastName", "Completed");
    }

    @Test
    void accountWithAnUnverifiedAddressIsNotLinked() {
        TestUser planted = realm.realm()
                .user("planted-" + person, Map.of("email", person + "@northbank.example", "emailVerified", false));
        realm.northbank().add(planted);
        assertLinkRefused();
    }

    @Test
    void accountOfAnotherLenderIsNotLinked() {
        realm.harbor().add(realm.realm().user("other-" + person, Map.of("email", person + "@northbank.example")));
        assertLinkRefused();
    }

    @Test
    void accountOfBothLendersIsNotLinked() {
        TestUser both = realm.realm().user("both-" + person, Map.of("email", person + "@northbank.example"));
        realm.northbank().add(both);
        realm.harbor().add(both);
        assertLinkRefused();
    }

    @Test
    void accountOfNoLenderIsNotLinked() {
        realm.realm().user("none-" + person, Map.of("email", person + "@northbank.example"));
        assertLinkRefused();
    }

    @Test
    void accountThatManagesTheRealmIsNotLinked() {
        TestUser admin = realm.realm().user("admin-" + person, Map.of("email", person + "@northbank.example"));
        realm.northbank().add(admin);
        admin.manages(List.of("view-users"));
        assertLinkRefused();
    }

    @Test
    void accountFoundByNameAloneIsNotLinkedEither() {
        realm.harbor().add(realm.realm().user(person, Map.of("email", person + "@harbor.example")));
        assertLinkRefused();
    }

    @Test
    void memberProvesItselfByPasswordAndItsOtherSessionsEnd() {
        TestUser member = realm.realm().user("member-" + person, Map.of("email", person + "@northbank.example"));
        realm.northbank().add(member);
        Tokens before = realm.app().password(member, "openid");
        Asked asked = realm.ask(idp);

        Page confirm = asked.send(asked.answer(person));
        Page password = confirm.body().contains("linkAccount")
                ? confirm.submit(Map.of("submitAction", "linkAccount"))
                : confirm;
        Tokens tokens =
                asked.tokens(password.submit(Map.of("username", member.username(), "password", TestUser.PASSWORD)));

        assertThat(tokens.accessClaims()).containsEntry("sub", member.id());
        assertThat(realm.app().refresh(before).error()).isEqualTo("invalid_grant");
        assertThat(realm.app().refresh(tokens).status()).isEqualTo(200);
    }

    @Test
    void passwordAloneDoesNotProveAMemberWithASecondFactor() {
        TestUser member = realm.realm()
                .user(
                        "member-" + person,
                        Map.of("email", person + "@northbank.example", "credentials", passwordAndSecondFactor()));
        realm.northbank().add(member);
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);

        Page confirm = asked.send(asked.answer(person));
        Page password = confirm.submit(Map.of("submitAction", "linkAccount"));
        Page next = password.submit(Map.of("username", member.username(), "password", TestUser.PASSWORD));

        assertThat(next.hasField("otp")).isTrue();
        assertThat(next.submit(Map.of("otp", "000000")).hasField("otp")).isTrue();
        assertThat(Written.in(realm)).isEqualTo(before);
    }

    private static List<Map<String, Object>> passwordAndSecondFactor() {
        return List.of(
                Map.of("type", "password", "value", TestUser.PASSWORD, "temporary", false),
                Map.of(
                        "type",
                        "otp",
                        "secretData",
                        "{\"value\":\"HJ3SKRDEPBYVSVDOM5ZG6MSFHFIHSNTT\"}",
                        "credentialData",
                        "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,"
                                + "\"algorithm\":\"HmacSHA1\"}"));
    }

    @Test
    void memberWithoutProofIsNotLinked() {
        TestUser member = realm.realm().user("member-" + person, Map.of("email", person + "@northbank.example"));
        realm.northbank().add(member);
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);

        Page confirm = asked.send(asked.answer(person));
        Page password = confirm.submit(Map.of("submitAction", "linkAccount"));
        Page again = password.submit(Map.of("username", member.username(), "password", "a guess"));

        assertThat(again.uri().toString()).doesNotStartWith("http://app.example");
        assertThat(Written.in(realm)).isEqualTo(before);
    }

    @Test
    void memberRemovedFromTheLenderAndTakenByAnotherDoesNotComeBackIn() {
        login();
        realm.harbor().add(realm.keepLinkOnly(person, idp));
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);

        HostileSamlIT.assertRefusal(realm, "membership", asked.send(asked.answer(person)), before);
    }

    private void assertLinkRefused() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HostileSamlIT.assertRefusal(realm, "link", asked.send(asked.answer(person)), before);
    }

    private static Instant issuedAt(Tokens tokens) {
        return Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue());
    }

    private Tokens login(String... roles) {
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        if (roles.length > 0) {
            answer.attribute("roles", roles);
        }
        return asked.tokens(asked.send(answer));
    }
}
