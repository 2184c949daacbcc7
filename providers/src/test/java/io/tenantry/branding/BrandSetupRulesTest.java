package io.tenantry.branding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrandSetupRulesTest {
    private static final TrustedHosts NONE = TrustedHosts.parse(null);

    @Test
    void aValueThatIsNotShownIsReportedWithWhatMayBe() {
        BrandRules.Reading reading =
                BrandRules.ofLender(Set.of(), NONE).read("Northbank", Map.of("branding.color", List.of("red\u202e")));

        assertThat(BrandSetupRules.unusable("organization northbank", reading))
                .containsExactly(Finding.warning(
                        "brand-value-unusable",
                        "branding.color is not shown: \"red\" is not what it may be.",
                        "organization northbank",
                        "Write a colour as #rrggbb, or remove it."));
    }

    @Test
    void aLongValueIsNotQuotedWhole() {
        BrandRules.Reading reading = BrandRules.ofLender(Set.of(), NONE)
                .read("Northbank", Map.of("branding.color", List.of("r".repeat(255))));

        assertThat(BrandSetupRules.unusable("x", reading))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).hasSizeLessThan(140));
    }

    @Test
    void whatIsNoHostIsReported() {
        assertThat(BrandSetupRules.hosts(TrustedHosts.parse("https://a.example, b.example *"), null))
                .extracting(Finding::check, Finding::what)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "brand-host-unusable",
                                "\"https://a.example\" is no host name, so that no brand can point to it."),
                        org.assertj.core.groups.Tuple.tuple(
                                "brand-host-unusable", "\"*\" is no host name, so that no brand can point to it."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default-src 'none'",
                "img-src 'self' data:; default-src *",
                "frame-src 'self'; img-src https://b.example"
            })
    void aTrustedHostThatBrowsersAreToldNotToAskIsReported(String policy) {
        assertThat(BrandSetupRules.hosts(TrustedHosts.parse("a.example"), policy))
                .extracting(Finding::check)
                .containsExactly("brand-host-blocked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frame-src 'self'",
                "default-src 'none'; img-src 'self' https://a.example",
                "img-src *",
                "img-src https:",
                ""
            })
    void aTrustedHostThatBrowsersMayAskIsWell(String policy) {
        assertThat(BrandSetupRules.hosts(TrustedHosts.parse("a.example"), policy))
                .isEmpty();
    }

    @Test
    void brandsThatNoPageShowsAreReported() {
        assertThat(BrandSetupRules.notShown("keycloak.v2", List.of("harbor", "northbank")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("keycloak.v2", "harbor, northbank"));
        assertThat(BrandSetupRules.notShown("keycloak.v2", List.of())).isEmpty();
    }
}
