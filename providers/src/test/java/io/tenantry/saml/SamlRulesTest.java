package io.tenantry.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brokering.BoundTenant;
import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.Outcome;
import io.tenantry.brokering.Rule;
import io.tenantry.brokering.Vouching;
import io.tenantry.saml.SamlEvidence.Bounds;
import io.tenantry.saml.SamlEvidence.Origin;
import io.tenantry.saml.SamlEvidence.Proof;
import io.tenantry.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamlRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final Map<String, String> config = new HashMap<>();
    private final Map<String, Duration> remembered = new HashMap<>();
    private final OnceOnly once = (id, lifetime) -> remembered.putIfAbsent(id, lifetime) == null;

    private Set<String> emails = Set.of("ann@bank.example");
    private @Nullable String format = "persistent";
    private Bounds bounds = new Bounds(true, true, true);
    private Proof proof = new Proof(true, true, true, false);
    private Origin origin = Origin.REQUESTED;
    private @Nullable Instant expiresAt = NOW.plusSeconds(60);

    @Test
    void soundResponseLetsIn() {
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void foreignDomainIsRejected() {
        emails = Set.of("ann@other.example");
        assertRejected(Rule.EMAIL_DOMAIN);
    }

    @Test
    void oddStructureIsRejectedWhateverTheSettings() {
        config.put("assertion.signed", "false");
        proof = new Proof(true, false, true, true);
        assertRejected(Rule.STRUCTURE);
    }

    @Test
    void unsignedAssertionIsRejectedUnlessSettingsAllow() {
        proof = new Proof(true, true, false, true);
        assertRejected(Rule.ASSERTION_SIGNATURE);
        config.put("assertion.signed", "false");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void responseOutOfSightIsRejectedUnlessNoSignatureIsAskedFor() {
        proof = new Proof(false, true, false, false);
        assertRejected(Rule.BINDING);
        config.put("assertion.signed", "false");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
        config.put("response.signed", "true");
        assertRejected(Rule.BINDING);
        config.put("response.signed", "false");
        config.put("signature.thumbprints", "00".repeat(32));
        assertRejected(Rule.BINDING);
    }

    @Test
    void responseSignatureIsRequiredWhereSettingsSay() {
        config.put("response.signed", "true");
        assertRejected(Rule.RESPONSE_SIGNATURE);
    }

    @Test
    void pinsNeedSomeSignature() {
        config.put("assertion.signed", "false");
        config.put("signature.thumbprints", "00".repeat(32));
        proof = new Proof(true, true, false, false);
        assertRejected(Rule.ASSERTION_SIGNATURE);
        proof = new Proof(true, true, false, true);
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void responseNobodyAskedForIsRejectedUnlessSettingsAllow() {
        origin = Origin.UNSOLICITED;
        assertRejected(Rule.IDP_INITIATED);
        config.put("idp.initiated.allowed", "true");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void answerToSomebodyElsesRequestIsAlwaysRejected() {
        config.put("idp.initiated.allowed", "true");
        origin = Origin.STRAY_ANSWER;
        assertRejected(Rule.IDP_INITIATED);
    }

    @Test
    void eachMissingBoundIsRejected() {
        bounds = new Bounds(false, true, true);
        assertRejected(Rule.CONDITIONS);
        bounds = new Bounds(true, false, true);
        assertRejected(Rule.CONDITIONS);
        bounds = new Bounds(true, true, false);
        assertRejected(Rule.CONDITIONS);
        config.put("conditions.required", "false");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void nameIdFormatMustBeAllowed() {
        config.put("nameid.formats", "persistent##email");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
        format = "transient";
        assertRejected(Rule.NAME_ID_FORMAT);
        format = null;
        assertRejected(Rule.NAME_ID_FORMAT);
    }

    @Test
    void assertionWorksOnce() {
        assertThat(outcome()).isEqualTo(Outcome.accepted());
        assertRejected(Rule.REPLAY);
        assertThat(remembered).containsEntry("_1", Duration.ofSeconds(65));
    }

    @Test
    void assertionWithoutEndCannotBeRemembered() {
        expiresAt = null;
        assertRejected(Rule.REPLAY);
        config.put("assertion.once", "false");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void assertionThatOutlivesTheMemoryIsRejected() {
        expiresAt = NOW.plus(SamlRules.LONGEST_LIFE);
        assertRejected(Rule.REPLAY);
        assertThat(remembered).isEmpty();
    }

    @Test
    void rejectedAssertionIsNotUsedUp() {
        emails = Set.of("ann@other.example");
        assertRejected(Rule.EMAIL_DOMAIN);
        assertThat(remembered).isEmpty();
    }

    private void assertRejected(Rule rule) {
        assertThat(outcome()).isEqualTo(new Outcome.Rejected(rule));
    }

    private Outcome outcome() {
        SamlRuleSettings settings = SamlRuleSettings.of(new MapperConfig(config, key -> Map.of()));
        Vouching vouching = new Vouching(
                Optional.of(new BoundTenant(new TenantId("bank"), true, Set.of("bank.example"))),
                emails,
                Map.of(),
                null,
                null,
                Vouching.Account.NONE,
                false);
        return new SamlRules(settings, Clock.fixed(NOW, ZoneOffset.UTC), once)
                .check(new SamlEvidence(
                        vouching, format, bounds, proof, origin, "_1", expiresAt, Duration.ofSeconds(5)));
    }
}
