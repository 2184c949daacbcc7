package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A signed-in user adds a link to a lender's identity provider: under the rules for a first login. */
@WithServer
class LinkingIT {
    private static Brokering realm;
    private static HandIdp idp;

    private final String person = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(server);
        idp = realm.northbankIdp();
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void memberAddsTheLinkAndItsOtherSessionsEnd() {
        TestUser member = account(true);
        realm.northbank().add(member);
        Tokens before = realm.app().password(member, "openid");
        Asked asked = signInAndAsk(member);

        Page done = asked.send(asked.answer(person));

        assertThat(done.uri().toString()).startsWith("http://app.example");
        assertThat(realm.links(member.id())).containsExactly(idp.alias() + "=" + person);
        assertThat(realm.app().refresh(before).error()).isEqualTo("invalid_grant");
    }

    @Test
    void memberAddsALinkToAProviderForLinkingOnly() {
        TestUser member = account(true);
        realm.northbank().add(member);
        realm.provider(idp.alias(), Map.of("linkOnly", true), Map.of());
        try {
            Asked asked = signInAndAsk(member);
            asked.send(asked.answer(person));
        } finally {
            realm.provider(idp.alias(), Map.of("linkOnly", false), Map.of());
        }
        assertThat(realm.links(member.id())).containsExactly(idp.alias() + "=" + person);
    }

    @Test
    void userOfAnotherLenderCannot() {
        TestUser other = account(true);
        realm.harbor().add(other);
        assertRefused("link", other);
    }

    @Test
    void userOfBothLendersCannot() {
        TestUser both = account(true);
        realm.northbank().add(both);
        realm.harbor().add(both);
        assertRefused("link", both);
    }

    @Test
    void userOfNoLenderCannot() {
        assertRefused("link", account(true));
    }

    @Test
    void memberWhoManagesTheRealmCannot() {
        TestUser admin = account(true);
        realm.northbank().add(admin);
        admin.manages(List.of("view-users"));
        assertRefused("link", admin);
    }

    @Test
    void memberWithAnUnverifiedAddressCannot() {
        TestUser planted = account(false);
        realm.northbank().add(planted);
        assertRefused("link", planted);
    }

    @Test
    void memberCannotLinkAnIdentityOfAnotherLendersDomain() {
        TestUser member = account(true);
        realm.northbank().add(member);
        Asked asked = signInAndAsk(member);
        Written before = Written.in(realm);
        HandBuilt answer = asked.answer(person).attribute("email", person + "@harbor.example");

        HostileSamlIT.assertRefusal(realm, "email-domain", asked.send(answer), before);
    }

    private TestUser account(boolean emailVerified) {
        return realm.realm()
                .user(
                        "account-" + person,
                        Map.of("email", "account-" + person + "@northbank.example", "emailVerified", emailVerified));
    }

    private void assertRefused(String rule, TestUser user) {
        Asked asked = signInAndAsk(user);
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, rule, asked.send(asked.answer(person)), before);
    }

    private static Asked signInAndAsk(TestUser user) {
        Browser browser = new Browser();
        realm.app().open(browser, "openid").credentials(user, TestUser.PASSWORD).tokens();
        return realm.askToLink(browser, idp);
    }
}
