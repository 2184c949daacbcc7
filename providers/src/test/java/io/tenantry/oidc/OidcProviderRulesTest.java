package io.tenantry.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import org.junit.jupiter.api.Test;

class OidcProviderRulesTest {
    @Test
    void soundProviderIsWell() {
        assertThat(OidcProviderRules.check(new OidcFacts("idp", true, true))).isEmpty();
    }

    @Test
    void looseProviderHasEveryFault() {
        assertThat(OidcProviderRules.check(new OidcFacts("idp", false, false)))
                .extracting(Finding::check)
                .containsExactly("unsigned-tokens-accepted", "issuer-not-checked");
    }
}
