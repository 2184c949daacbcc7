package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Page;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

/** Validly signed answers that must let nobody in, and write nothing. */
@WithServer
class HostileSamlIT {
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
    void soundAnswerLetsIn() {
        Asked asked = realm.ask(idp);
        assertThat(asked.tokens(asked.send(asked.answer(person))).status()).isEqualTo(200);
    }

    @Test
    void addressOfAnotherLendersDomain() {
        assertRefusedByRule("email-domain", answer -> answer.attribute("email", person + "@harbor.example"));
    }

    @Test
    void nameIdThatIsAnAddressOfAnotherLendersDomain() {
        assertRefusedByRule("email-domain", answer -> {
            answer.nameIdFormat = HandBuilt.EMAIL_FORMAT;
            answer.nameId = person + "@harbor.example";
        });
    }

    @Test
    void secondAddressOfAnotherLendersDomain() {
        assertRefusedByRule(
                "email-domain",
                answer -> answer.attribute("email", person + "@northbank.example", person + "@harbor.example"));
    }

    @Test
    void noAddressAtAll() {
        assertRefusedByRule("email-domain", answer -> answer.attributes.remove("email"));
    }

    @Test
    void commentInsideTheNameId() {
        assertRefusedByRule("email-domain", answer -> {
            answer.nameIdFormat = HandBuilt.EMAIL_FORMAT;
            answer.nameId = person + "@northbank.example<!-- -->.evil.example";
            answer.attributes.remove("email");
        });
    }

    @Test
    void commentInsideTheNameIdDoesNotMakeSomebodyElse() {
        String victim = Brokering.person();
        Asked mine = realm.ask(idp);
        mine.tokens(mine.send(mine.answer(victim)));
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        answer.nameId = victim + "<!---->-not";

        asked.send(answer);

        assertThat(realm.account(victim)).containsEntry("email", victim + "@northbank.example");
        assertThat(realm.account(victim + "-not")).containsEntry("email", person + "@northbank.example");
    }

    @Test
    void missingConditions() {
        assertRefusedByRule("conditions", answer -> answer.conditions = false);
    }

    @Test
    void missingAudience() {
        assertRefusedByRule("conditions", answer -> answer.audienceRestriction = false);
    }

    @Test
    void missingBearerConfirmation() {
        assertRefusedByRule("conditions", answer -> answer.bearer = false);
    }

    @Test
    void staleAuthnInstant() {
        realm.rules(idp, Map.of("authn.max.age", "300"));
        assertRefusedByRule(
                "authentication-age", answer -> answer.authnInstant = answer.now.minus(Duration.ofMinutes(6)));
    }

    @Test
    void weakContext() {
        realm.rules(idp, Map.of("authncontext.classes", HandBuilt.MFA));
        assertRefusedByRule("authentication-context", answer -> {});
    }

    @Test
    void strongContextLetsIn() {
        realm.rules(idp, Map.of("authncontext.classes", HandBuilt.MFA, "authn.max.age", "300"));
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        answer.context = HandBuilt.MFA;
        assertThat(asked.tokens(asked.send(answer)).status()).isEqualTo(200);
    }

    @Test
    void missingRequiredAttribute() {
        realm.rules(idp, Map.of("attributes.required", "[{\"key\":\"department\",\"value\":\"lending\"}]"));
        assertRefusedByRule("required-attributes", answer -> answer.attribute("department", "sales"));
    }

    @Test
    void nameIdOfAnotherFormat() {
        realm.rules(idp, Map.of("nameid.formats", HandBuilt.PERSISTENT));
        assertRefusedByRule(
                "name-id-format",
                answer -> answer.nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient");
    }

    @Test
    void unknownUserWhereOnlyMembersMay() {
        realm.rules(idp, Map.of("unknown.users.allowed", "false"));
        assertRefusedByRule("unknown-user", answer -> {});
    }

    @Test
    void settingsThatCannotBeRead() {
        realm.rules(idp, Map.of("authn.max.age", "soon"));
        assertRefusedByRule("settings", answer -> {});
    }

    @Test
    void disabledLender() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        realm.northbank().update(Map.of("enabled", false));
        try {
            assertNobodyCameIn(asked.send(asked.answer(person)), before);
        } finally {
            realm.northbank().update(Map.of("enabled", true));
        }
    }

    @Test
    void assertionThatOnlyTheResponsesSignatureCovers() {
        assertRefusedByRule("assertion-signature", answer -> {
            answer.assertionKey = null;
            answer.responseKey = idp.key();
        });
    }

    @Test
    void responseWithoutItsOwnSignature() {
        realm.rules(idp, Map.of("response.signed", "true"));
        assertRefusedByRule("response-signature", answer -> {});
    }

    @Test
    void bothSignaturesLetIn() {
        realm.rules(
                idp,
                Map.of(
                        "response.signed",
                        "true",
                        "signature.thumbprints",
                        idp.key().thumbprint()));
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        answer.responseKey = idp.key();
        assertThat(asked.tokens(asked.send(answer)).status()).isEqualTo(200);
    }

    @Test
    void certificateThatIsNotPinned() {
        realm.rules(idp, Map.of("signature.thumbprints", SigningKey.fresh().thumbprint()));
        assertRefusedByRule("assertion-signature", answer -> {});
    }

    @Test
    void wrongCertificate() {
        assertRefused(answer -> answer.assertionKey = SigningKey.fresh());
    }

    @Test
    void expiredCertificate() {
        SigningKey expired = SigningKey.expired();
        HandIdp old = realm.idp("old-idp", realm.northbank(), expired);
        assertRefused(realm.ask(old), answer -> {});
    }

    @Test
    void assertionOfOneLenderAtTheEndpointOfAnother() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(realm.harborIdp());
        HandBuilt answer = asked.answer(person);
        answer.assertionKey = idp.key();
        answer.issuer = idp.entityId();
        answer.attribute("email", person + "@northbank.example");
        assertNobodyCameIn(asked.send(answer), before);
    }

    @Test
    void answerForOneLendersEndpointAtAnothers() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        assertNobodyCameIn(
                asked.sendTo(
                        realm.endpoint(realm.harborIdp().alias()),
                        asked.answer(person).encoded()),
                before);
    }

    @Test
    void changedAudience() {
        assertRefused(answer -> answer.audience = "https://elsewhere.example");
    }

    @Test
    void changedDestination() {
        assertRefused(
                answer -> answer.destination = realm.endpoint(realm.harborIdp().alias()));
    }

    @Test
    void changedRecipient() {
        assertRefused(
                answer -> answer.recipient = realm.endpoint(realm.harborIdp().alias()));
    }

    @Test
    void changedInResponseTo() {
        assertRefused(answer -> answer.inResponseTo = "_of-another-request");
    }

    @Test
    void changedIssuer() {
        assertRefused(answer -> answer.issuer = realm.harborIdp().entityId());
    }

    @Test
    void assertionThatEnded() {
        assertRefused(answer -> answer.now = answer.now.minus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @EnumSource(Wrapping.class)
    void wrappedSignature(Wrapping wrapping) {
        String victim = Brokering.person();
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        if (wrapping.wrapsResponse()) {
            answer.assertionKey = null;
            answer.responseKey = idp.key();
            realm.rules(idp, Map.of("assertion.signed", "false"));
        }
        Document document = answer.document();
        wrapping.apply(document, new Wrapping.Forgery(person, victim));

        assertNobodyCameIn(asked.send(HandBuilt.encode(document)), before);
    }

    @Test
    void encryptedAssertionInjectedIntoASignedDocument_CVE_2026_2092() {
        String victim = Brokering.person();
        realm.rules(idp, Map.of("assertion.signed", "false"));
        for (boolean first : new boolean[] {true, false}) {
            Written before = Written.in(realm);
            Asked asked = realm.ask(idp);
            HandBuilt forged = asked.answer(victim);
            forged.assertionKey = null;
            Document document = asked.answer(person).document();
            Encryption.inject(document, forged.document(), realm.encryptionCertificate(), first);
            assertNobodyCameIn(asked.send(HandBuilt.encode(document)), before);
        }
    }

    @Test
    void encryptedAssertionAloneThatNobodySigned_CVE_2026_2092() {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HandBuilt forged = asked.answer(person);
        forged.assertionKey = null;
        Document document = forged.document();
        Encryption.encrypt(document, realm.encryptionCertificate());
        assertNobodyCameIn(asked.send(HandBuilt.encode(document)), before);
    }

    @Test
    void signedAndEncryptedAssertionLetsIn() {
        Asked asked = realm.ask(idp);
        Document document = asked.answer(person).document();
        Encryption.encrypt(document, realm.encryptionCertificate());
        assertThat(asked.tokens(asked.send(HandBuilt.encode(document))).status())
                .isEqualTo(200);
    }

    @Test
    void responseThatNobodyAskedFor() {
        Written before = Written.in(realm);
        assertRefusal("idp-initiated", realm.present(idp, realm.unsolicited(idp, person)), before);
    }

    @Test
    void strayAnswerEvenWhereIdpInitiatedSignInIsAllowed() {
        realm.rules(idp, Map.of("idp.initiated.allowed", "true"));
        Written before = Written.in(realm);
        HandBuilt response = realm.unsolicited(idp, person);
        response.inResponseTo = "_request-of-a-victim";
        assertRefusal("idp-initiated", realm.present(idp, response), before);
    }

    @Test
    void replayedAssertion() {
        realm.rules(idp, Map.of("idp.initiated.allowed", "true"));
        HandBuilt response = realm.unsolicited(idp, person);
        assertThat(realm.present(idp, response).body()).contains("SAMLResponse");
        Written before = Written.in(realm);

        assertRefusal("replay", realm.present(idp, response), before);
    }

    @Test
    void disabledProviderWithIdpInitiatedSignIn_CVE_2026_2603_CVE_2026_3009_CVE_2026_3047() {
        realm.rules(idp, Map.of("idp.initiated.allowed", "true"));
        Asked asked = realm.ask(idp);
        realm.provider(idp.alias(), Map.of("enabled", false), Map.of());
        try {
            Written before = Written.in(realm);
            assertNobodyCameIn(realm.present(idp, realm.unsolicited(idp, person)), before);
            assertNobodyCameIn(asked.send(asked.answer(person)), before);
        } finally {
            realm.provider(idp.alias(), Map.of("enabled", true), Map.of());
        }
    }

    @Test
    void linkOnlyProvider_CVE_2026_9087_CVE_2026_16442() {
        realm.rules(idp, Map.of("idp.initiated.allowed", "true"));
        Asked asked = realm.ask(idp);
        Asked askedForMember = realm.ask(idp);
        String member = Brokering.person();
        realm.signIn(idp, member);
        realm.provider(idp.alias(), Map.of("linkOnly", true), Map.of());
        try {
            Written before = Written.in(realm);
            assertRefusal("link-only", realm.present(idp, realm.unsolicited(idp, person)), before);
            assertRefusal("link-only", realm.present(idp, realm.unsolicited(idp, member)), before);
            assertRefusal("link-only", asked.send(asked.answer(person)), before);
            assertRefusal("link-only", askedForMember.send(askedForMember.answer(member)), before);
        } finally {
            realm.provider(idp.alias(), Map.of("linkOnly", false), Map.of());
        }
    }

    @Test
    void addressChangedOnALaterLogin() {
        Asked first = realm.ask(idp);
        first.tokens(first.send(first.answer(person)));

        assertRefusedByRule("email-domain", answer -> answer.attribute("email", person + "@harbor.example"));

        assertThat(realm.account(person)).containsEntry("email", person + "@northbank.example");
    }

    private void assertRefusedByRule(String rule, Consumer<HandBuilt> change) {
        Written before = Written.in(realm);
        Asked asked = realm.ask(idp);
        HandBuilt answer = asked.answer(person);
        change.accept(answer);
        assertRefusal(rule, asked.send(answer), before);
    }

    private void assertRefused(Consumer<HandBuilt> change) {
        assertRefused(realm.ask(idp), change);
    }

    private void assertRefused(Asked asked, Consumer<HandBuilt> change) {
        Written before = Written.in(realm);
        HandBuilt answer = asked.answer(person);
        change.accept(answer);
        assertNobodyCameIn(asked.send(answer), before);
    }

    /** A page that says whom to ask, an event that says why, and nothing else. */
    static void assertRefusal(Brokering realm, String rule, Page page, Written before) {
        assertNobodyCameIn(realm, page, before);
        assertThat(page.status()).as("%s", page.text()).isEqualTo(403);
        Map<String, String> event = realm.lastRefusal();
        assertThat(event).containsEntry("rule", rule).containsEntry("tenant", "northbank");
        // Nothing that was asserted
        assertThat(event).containsOnlyKeys("identity_provider", "rule", "reference", "tenant");
        assertThat(page.text()).contains("northbank").contains(event.get("reference"));
    }

    private static void assertRefusal(String rule, Page page, Written before) {
        assertRefusal(realm, rule, page, before);
    }

    private static void assertNobodyCameIn(Page page, Written before) {
        assertNobodyCameIn(realm, page, before);
    }

    static void assertNobodyCameIn(Brokering realm, Page page, Written before) {
        assertThat(page.uri().toString()).as("%s", page.text()).doesNotStartWith(TestClient.REDIRECT_URI);
        assertThat(page.status()).as("%s", page.text()).isGreaterThanOrEqualTo(400);
        assertThat(page.body()).doesNotContain("SAMLResponse");
        assertThat(Written.in(realm)).isEqualTo(before);
    }
}
