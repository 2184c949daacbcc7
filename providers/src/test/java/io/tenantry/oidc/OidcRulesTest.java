package io.tenantry.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brokering.BoundTenant;
import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.Outcome;
import io.tenantry.brokering.Rule;
import io.tenantry.brokering.Vouching;
import io.tenantry.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OidcRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @Test
    void verifiedPersonOfTheTenantComesIn() {
        assertThat(outcome(Map.of(), Set.of(), null)).isEqualTo(Outcome.accepted());
    }

    @Test
    void unverifiedAddressIsRejectedUnlessSettingsAllow() {
        Set<String> unverified = Set.of("ann@bank.example");
        assertThat(outcome(Map.of(), unverified, null)).isEqualTo(new Outcome.Rejected(Rule.EMAIL_VERIFIED));
        assertThat(outcome(Map.of("email.verified.required", "false"), unverified, null))
                .isEqualTo(Outcome.accepted());
    }

    @Test
    void acrAgeAndClaimsAreTheSharedRules() {
        assertThat(outcome(Map.of("acr.values", "mfa"), Set.of(), null))
                .isEqualTo(new Outcome.Rejected(Rule.AUTHENTICATION_CONTEXT));
        assertThat(outcome(Map.of("auth.max.age", "60"), Set.of(), NOW.minusSeconds(61)))
                .isEqualTo(new Outcome.Rejected(Rule.AUTHENTICATION_AGE));
        assertThat(outcome(Map.of("claims.required", "table"), Set.of(), null))
                .isEqualTo(new Outcome.Rejected(Rule.REQUIRED_ATTRIBUTES));
    }

    private static Outcome outcome(Map<String, String> config, Set<String> unverified, @Nullable Instant at) {
        OidcRuleSettings settings =
                OidcRuleSettings.of(new MapperConfig(config, key -> Map.of("department", List.of("lending"))));
        Vouching vouching = new Vouching(
                Optional.of(new BoundTenant(new TenantId("bank"), true, Set.of("bank.example"))),
                Set.of("ann@bank.example"),
                Map.of(),
                null,
                at,
                Vouching.Account.NONE,
                false);
        return new OidcRules(settings, Clock.fixed(NOW, ZoneOffset.UTC)).check(vouching, unverified, Duration.ZERO);
    }
}
