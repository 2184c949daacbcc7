package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Page;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Links of accounts, and of identity providers to lenders, that are taken away and given again. */
@WithServer
class UnlinkingIT {
    private static Brokering realm;
    private static HandIdp idp;

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(server);
        idp = realm.northbankIdp();
        realm.northbank().group("officers").realmRole("loan-officer");
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void accountUnlinkedIsNotLinkedAgainWhileItsAddressIsUnverified() {
        realm.signIn(idp, person);
        unlinkAccount(id(), idp);
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);

        HostileSamlIT.assertRefusal(realm, "link", asked.send(asked.answer(person)), before);

        assertThat(realm.links(id())).isEmpty();
    }

    @Test
    void accountUnlinkedIsLinkedAgainByProofAlone() {
        realm.signIn(idp, person);
        TestUser account = new TestUser(realm.realm(), id(), person);
        account.update(Map.of("emailVerified", true));
        account.resetPassword(TestUser.PASSWORD).then().statusCode(204);
        unlinkAccount(account.id(), idp);
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);

        Page password = asked.send(asked.answer(person)).submit(Map.of("submitAction", "linkAccount"));
        Page wrong = password.submit(Map.of("username", person, "password", "a guess"));

        assertThat(wrong.uri().toString()).doesNotStartWith("http://app.example");
        assertThat(Written.in(realm)).as("written without proof").isEqualTo(before);

        Tokens tokens = asked.tokens(wrong.submit(Map.of("username", person, "password", TestUser.PASSWORD)));
        assertThat(tokens.accessClaims()).containsEntry("sub", account.id());
        assertThat(realm.links(account.id())).containsExactly(idp.alias() + "=" + person);
        assertThat(realm.members(realm.northbank())).contains(person);
        assertThat(realm.members(realm.harbor())).doesNotContain(person);
    }

    @Test
    void accountUnlinkedIsNotTakenByAnotherLendersProvider() {
        realm.signIn(idp, person);
        new TestUser(realm.realm(), id(), person).update(Map.of("emailVerified", true));
        unlinkAccount(id(), idp);
        Written before = Written.in(realm);
        HandIdp harbor = realm.harborIdp();

        Asked byAddress = realm.ask(harbor);
        Page address = byAddress.send(byAddress.answer(person).attribute("email", person + "@northbank.example"));
        assertRefusedAtHarbor("email-domain", address, before);
        Asked byName = realm.ask(harbor);
        assertRefusedAtHarbor("link", byName.send(byName.answer(person)), before);
    }

    @Test
    void providerUnlinkedAndLinkedAgainStillVouchesForItsOwnDomainOnly() {
        HandIdp moved = realm.idp("moved-" + person, realm.northbank(), SigningKey.fresh());
        String member = Brokering.person();
        realm.signIn(moved, member);
        String memberId = (String) realm.account(member).get("id");
        realm.northbank().unlinkProvider(moved.alias());
        Written before = Written.in(realm);
        assertUnbound(moved, person, before);
        assertUnbound(moved, member, before);

        realm.northbank().linkProvider(moved.alias());
        Map<String, Object> config = realm.realm()
                .admin()
                .get("/identity-provider/instances/{alias}", moved.alias())
                .jsonPath()
                .getMap("config");
        assertThat(config).as("stock has forgotten the domain").doesNotContainKey("kc.org.domain");
        Asked foreign = realm.ask(moved);
        HostileSamlIT.assertRefusal(
                realm,
                "email-domain",
                foreign.send(foreign.answer(person).attribute("email", person + "@harbor.example")),
                before);
        assertThat(realm.signIn(moved, person).status()).isEqualTo(200);
        assertThat(realm.signIn(moved, member).accessClaims()).containsEntry("sub", memberId);
        assertThat(realm.members(realm.harbor())).doesNotContain(person, member);
    }

    @Test
    void providerGivenToAnotherLenderTakesNobodyAlong() {
        HandIdp moved = realm.idp("given-" + person, realm.northbank(), SigningKey.fresh());
        realm.signIn(moved, person);
        realm.northbank().unlinkProvider(moved.alias());
        realm.harbor().linkProvider(moved.alias());
        Written before = Written.in(realm);

        Asked withOldAddress = realm.ask(moved);
        assertRefusedAtHarbor("email-domain", withOldAddress.send(withOldAddress.answer(person)), before);
        Asked withNewAddress = realm.ask(moved);
        assertRefusedAtHarbor(
                "membership",
                withNewAddress.send(withNewAddress.answer(person).attribute("email", person + "@harbor.example")),
                before);
    }

    @Test
    void providerUnlinkedOrGivenAwayWhileThePersonReviewsTakesNobodyIn() {
        HandIdp moved = realm.idp("reviewed-" + person, realm.northbank(), SigningKey.fresh());
        Asked first = realm.ask(moved);
        Page beforeUnlinked = review(first);
        Asked second = realm.ask(moved);
        Page beforeGivenAway = review(second);
        Written before = Written.in(realm);

        realm.northbank().unlinkProvider(moved.alias());
        HostileSamlIT.assertNobodyCameIn(realm, reviewed(beforeUnlinked), before);
        assertThat(realm.lastRefusal()).containsEntry("rule", "tenant-binding");

        realm.harbor().linkProvider(moved.alias());
        assertRefusedAtHarbor("tenant-binding", reviewed(beforeGivenAway), before);
    }

    private Page review(Asked asked) {
        HandBuilt answer = asked.answer(person);
        answer.attributes.remove("urn:oid:2.5.4.4");
        Page review = asked.send(answer);
        assertThat(review.hasField("lastName")).as("%s", review.text()).isTrue();
        return review;
    }

    private Page reviewed(Page review) {
        return review.submit(Map.of(
                "email",
                person + "@northbank.example",
                "firstName",
                "First",
                "lastName",
                "Completed",
                "username",
                person));
    }

    private String id() {
        return (String) realm.account(person).get("id");
    }

    private static void unlinkAccount(String userId, HandIdp idp) {
        realm.realm()
                .admin()
                .delete("/users/{id}/federated-identity/{alias}", userId, idp.alias())
                .then()
                .statusCode(204);
    }

    private static void assertUnbound(HandIdp idp, String person, Written before) {
        Asked asked = realm.ask(idp);
        Page refused = asked.send(asked.answer(person));
        HostileSamlIT.assertNobodyCameIn(realm, refused, before);
        assertThat(realm.lastRefusal()).containsEntry("rule", "tenant-binding");
    }

    private static void assertRefusedAtHarbor(String rule, Page page, Written before) {
        HostileSamlIT.assertNobodyCameIn(realm, page, before);
        assertThat(page.status()).as("%s", page.text()).isEqualTo(403);
        assertThat(realm.lastRefusal()).containsEntry("rule", rule).containsEntry("tenant", "harbor");
    }
}
