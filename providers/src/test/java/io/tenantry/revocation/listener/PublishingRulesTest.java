package io.tenantry.revocation.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import io.tenantry.doctor.Severity;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishingRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final PublishingRules rules = new PublishingRules(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void publishedRevocationsAreWell() {
        assertThat(checks(true, true, true, Optional.empty())).isEmpty();
        assertThat(checks(true, true, true, Optional.of(NOW.minusSeconds(30)))).isEmpty();
    }

    @Test
    void firstCauseIsTold() {
        assertThat(checks(false, false, true, Optional.empty())).containsExactly("revocation-listener-off");
        assertThat(checks(true, false, true, Optional.of(NOW.minusSeconds(99))))
                .containsExactly("revocation-redis-missing");
        assertThat(checks(true, true, false, Optional.of(NOW.minusSeconds(99))))
                .containsExactly("revocation-redis-unreachable");
    }

    @Test
    void oldWaitingRevocationIsTold() {
        assertThat(checks(true, true, true, Optional.of(NOW.minusSeconds(31)))).containsExactly("revocations-waiting");
    }

    @Test
    void whatWasNoticedIsToldThoughRevocationsArePublished() {
        assertThat(rules.check(new PublishingRules.Facts(
                        true, true, Optional.empty(), Optional.empty(), List.of("a clock is wrong", "a row is odd"))))
                .extracting(Finding::what)
                .containsExactly("a clock is wrong", "a row is odd");
    }

    private List<String> checks(boolean listening, boolean configured, boolean reachable, Optional<Instant> oldest) {
        List<Finding> findings = rules.check(new PublishingRules.Facts(
                        listening,
                        configured,
                        reachable ? Optional.empty() : Optional.of("Redis: gone"),
                        oldest,
                        List.of()))
                .toList();
        assertThat(findings).extracting(Finding::severity).allMatch(Severity.ERROR::equals);
        assertThat(findings.stream().filter(finding -> finding.check().equals("revocation-redis-unreachable")))
                .allSatisfy(finding -> assertThat(finding.toString()).contains("Redis: gone"));
        return findings.stream().map(Finding::check).toList();
    }
}
