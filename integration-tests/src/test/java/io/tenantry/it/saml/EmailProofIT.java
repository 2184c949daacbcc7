package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Mailbox;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An existing account proves by a link in its mail, as the shipped first-login flow offers it, that it is the person's. */
@WithServer
@ProcessesOnly
class EmailProofIT {
    private static Mailbox mailbox;
    private static Brokering realm;
    private static HandIdp idp;

    private final String person = Brokering.person();
    private final String address = person + "@northbank.example";
    private TestUser member;

    @BeforeAll
    static void start(TestServer server) {
        mailbox = new Mailbox();
        realm = Brokering.on(server, mailbox.realmFields());
        idp = realm.northbankIdp();
    }

    @AfterAll
    static void stop() {
        realm.close();
        mailbox.close();
    }

    @BeforeEach
    void account() {
        member = realm.realm().user("member-" + person, Map.of("email", address));
        realm.northbank().add(member);
    }

    @Test
    void linkInTheMailProvesTheAccountAndItsOtherSessionsEnd() {
        Tokens before = realm.app().password(member, "openid");
        Asked asked = realm.ask(idp);
        Page sent = confirm(asked);
        assertThat(mailbox.count(address)).isEqualTo(1);
        assertThat(sent.hasField("password")).isFalse();

        Page done = asked.browser().open(mailbox.link(address));

        Tokens tokens = asked.tokens(done);
        assertThat(tokens.accessClaims()).containsEntry("sub", member.id());
        assertThat(tokens.accessClaims().get("organization")).asString().contains("northbank");
        assertThat(realm.links(member.id())).containsExactly(idp.alias() + "=" + person);
        assertThat(realm.app().refresh(before).error()).isEqualTo("invalid_grant");
        assertThat(realm.app().refresh(tokens).status()).isEqualTo(200);
    }

    @Test
    void nothingIsWrittenBeforeTheLinkIsOpened() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        Page sent = confirm(asked);

        Page again = goOn(asked, sent);

        assertThat(again.uri().toString()).doesNotStartWith("http://app.example");
        assertThat(again.body()).contains("instruction3");
        assertThat(Written.in(realm)).isEqualTo(before);
    }

    @Test
    void linkOpenedElsewhereSignsNobodyInThere() {
        Asked asked = realm.ask(idp);
        Page sent = confirm(asked);
        Browser elsewhere = new Browser();
        Page opened = elsewhere.open(mailbox.link(address));
        if (opened.document().selectFirst("#kc-info-message a[href*=action-token]") != null) {
            opened = elsewhere.open(URI.create(opened.document()
                    .selectFirst("#kc-info-message a[href*=action-token]")
                    .absUrl("href")));
        }

        assertThat(opened.uri().toString()).doesNotStartWith("http://app.example");
        List<Map<String, Object>> sessions = realm.get("/users/" + member.id() + "/sessions");
        assertThat(sessions).isEmpty();

        Tokens tokens = asked.tokens(goOn(asked, sent));
        assertThat(tokens.accessClaims()).containsEntry("sub", member.id());
    }

    @Test
    void linkWorksOnce() {
        Asked asked = realm.ask(idp);
        confirm(asked);
        URI link = mailbox.link(address);
        asked.tokens(asked.browser().open(link));
        Written before = Written.in(realm);

        Page again = new Browser().open(link);

        assertThat(again.uri().toString()).doesNotStartWith("http://app.example");
        assertThat(Written.in(realm)).isEqualTo(before);
    }

    @Test
    void noMailGoesToAnAccountThatMayNotBeLinked() {
        realm.harbor().add(member);
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);

        HostileSamlIT.assertRefusal(realm, "link", asked.send(asked.answer(person)), before);

        assertThat(mailbox.count(address)).isZero();
    }

    @Test
    void accountThatLosesItsMembershipBeforeTheLinkIsOpenedIsNotLinked() {
        Asked asked = realm.ask(idp);
        confirm(asked);
        realm.northbank().remove(member);
        realm.harbor().add(member);
        Written before = Written.in(realm);

        HostileSamlIT.assertRefusal(realm, "link", asked.browser().open(mailbox.link(address)), before);
    }

    /** The page's own way on, for who opened the mail elsewhere. */
    private static Page goOn(Asked asked, Page sent) {
        return asked.browser()
                .open(URI.create(sent.document().selectFirst("#instruction3 a").absUrl("href")));
    }

    private Page confirm(Asked asked) {
        return asked.send(asked.answer(person)).submit(Map.of("submitAction", "linkAccount"));
    }
}
