package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Page;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each rule that is on by default can be switched off by itself, and then lets in what it refused. */
@WithServer
class SwitchedOffIT {
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

    @AfterEach
    void defaults() {
        realm.rules(idp, Map.of());
    }

    @Test
    void emailDomains() {
        assertLetsIn("email.domains.enforced", answer -> answer.attribute("email", person + "@elsewhere.example"));
    }

    @Test
    void otherEmailDomainsCanBeAllowed() {
        realm.rules(idp, Map.of("email.domains", "elsewhere.example##*.more.example"));
        for (String domain : new String[] {"elsewhere.example", "a.more.example"}) {
            String one = Brokering.person();
            Asked asked = realm.ask(idp);
            assertThat(asked.tokens(asked.send(asked.answer(one).attribute("email", one + '@' + domain)))
                            .status())
                    .isEqualTo(200);
        }
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HostileSamlIT.assertRefusal(realm, "email-domain", asked.send(asked.answer(person)), before);
    }

    @Test
    void conditions() {
        realm.rules(idp, Map.of("conditions.required", "false", "assertion.once", "false"));
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        answer.conditions = false;
        assertThat(asked.tokens(asked.send(answer)).status()).isEqualTo(200);
    }

    @Test
    void signedAssertion() {
        assertLetsIn("assertion.signed", answer -> {
            answer.assertionKey = null;
            answer.responseKey = idp.key();
        });
    }

    @Test
    void assertionsUsedOnce() {
        realm.rules(idp, Map.of("idp.initiated.allowed", "true", "assertion.once", "false"));
        HandBuilt response = realm.unsolicited(idp, person);
        for (int i = 0; i < 2; i++) {
            assertThat(realm.present(idp, response).body()).contains("SAMLResponse");
        }
    }

    @Test
    void tenantBinding() {
        HandIdp free = realm.idp("free-" + person, realm.northbank(), SigningKey.fresh());
        realm.rules(free, Map.of("tenant.binding", "false", "email.domains", free.domain()));
        realm.northbank().unlinkProvider(free.alias());

        assertThat(realm.signIn(free, person).status()).isEqualTo(200);

        assertThat(realm.members(realm.northbank())).doesNotContain(person);
        assertThat(realm.members(realm.harbor())).doesNotContain(person);
    }

    @Test
    void profileEdits() {
        realm.rules(idp, Map.of("profile.edits.forbidden", "false"));
        Page done = edited("edited-" + person + "@northbank.example");
        assertThat(done.uri().toString()).as("%s", done.text()).startsWith("http://app.example");
        assertThat(realm.account(person)).containsEntry("email", "edited-" + person + "@northbank.example");
    }

    @Test
    void profileEditsStayWithinTheAllowedDomains() {
        realm.rules(idp, Map.of("profile.edits.forbidden", "false"));
        Written before = Written.in(realm);
        HostileSamlIT.assertRefusal(realm, "profile-edit", edited(person + "@harbor.example"), before);
    }

    @Test
    void knownMembersComeInWhereUnknownPeopleMayNot() {
        realm.signIn(idp, person);
        realm.rules(idp, Map.of("unknown.users.allowed", "false"));
        assertThat(realm.signIn(idp, person).status()).isEqualTo(200);
    }

    @Test
    void patternsOfRequiredAttributes() {
        realm.rules(
                idp,
                Map.of(
                        "attributes.required",
                        "[{\"key\":\"department\",\"value\":\"/lend.*/\"},{\"key\":\"desk\",\"value\":\"\"}]"));
        Asked asked = realm.ask(idp);
        assertThat(asked.tokens(asked.send(asked.answer(person)
                                .attribute("department", "lending east")
                                .attribute("desk", "7")))
                        .status())
                .isEqualTo(200);
        for (HandBuilt wrong : new HandBuilt[] {
            realm.ask(idp).answer(person).attribute("department", "lending east"),
            realm.ask(idp).answer(person).attribute("department", "not lending").attribute("desk", "7")
        }) {
            Written before = Written.in(realm);
            Asked again = realm.ask(idp);
            wrong.inResponseTo = again.requestId();
            HostileSamlIT.assertRefusal(realm, "required-attributes", again.send(wrong), before);
        }
    }

    private Page edited(String address) {
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        answer.attributes.remove("urn:oid:2.5.4.4");
        return asked.send(answer)
                .submit(Map.of("email", address, "firstName", "First", "lastName", "Last", "username", person));
    }

    private void assertLetsIn(String off, Consumer<HandBuilt> change) {
        realm.rules(idp, Map.of(off, "false"));
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        change.accept(answer);
        assertThat(asked.tokens(asked.send(answer)).status()).isEqualTo(200);
        realm.rules(idp, Map.of());
        Written before = Written.in(realm);
        Asked again = realm.ask(idp);
        HandBuilt same = again.answer(person);
        change.accept(same);
        HostileSamlIT.assertNobodyCameIn(realm, again.send(same), before);
    }
}
