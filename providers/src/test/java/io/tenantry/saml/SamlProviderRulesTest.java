package io.tenantry.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamlProviderRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(365));

    private final SamlProviderRules rules = new SamlProviderRules(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void soundProviderIsWell() {
        assertThat(rules.check(new SamlFacts("idp", true, true, List.of(LATER), false)))
                .isEmpty();
    }

    @Test
    void looseProviderHasEveryFault() {
        assertThat(rules.check(new SamlFacts(
                        "idp",
                        false,
                        false,
                        List.of(NOW.minusSeconds(1), NOW.plus(Duration.ofDays(29)), LATER),
                        false)))
                .extracting(Finding::check)
                .containsExactly(
                        "unsigned-assertions-accepted",
                        "issuer-not-checked",
                        "certificate-expired",
                        "certificate-expires-soon");
    }

    @Test
    void missingCertificateIsAFaultUnlessMetadataBringsThem() {
        assertThat(rules.check(new SamlFacts("idp", true, true, List.of(), false)))
                .extracting(Finding::check)
                .containsExactly("certificate-missing");
        assertThat(rules.check(new SamlFacts("idp", true, true, List.of(), true)))
                .isEmpty();
    }
}
