package io.tenantry.saml;

import io.tenantry.doctor.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Decides what is wrong with a tenant's SAML identity provider. */
final class SamlProviderRules {
    /** How long before its end a certificate is reported. */
    static final Duration SOON = Duration.ofDays(30);

    private final Clock clock;

    SamlProviderRules(Clock clock) {
        this.clock = clock;
    }

    Stream<Finding> check(SamlFacts provider) {
        String where = "identity provider " + provider.alias();
        List<Finding> findings = new ArrayList<>();
        if (!provider.signedAssertions()) {
            findings.add(Finding.error(
                    "unsigned-assertions-accepted",
                    "Assertions are accepted that nobody signed.",
                    where,
                    "Switch on Validate Signatures and Want Assertions Signed, or Require a signed assertion in "
                            + TenantSamlRulesMapper.ID + "."));
        }
        if (!provider.entityId()) {
            findings.add(Finding.warning(
                    "issuer-not-checked",
                    "The issuer of responses is not checked, as the identity provider's entity ID is not set.",
                    where,
                    "Set Identity Provider Entity ID."));
        }
        certificates(provider, where).forEach(findings::add);
        return findings.stream();
    }

    private Stream<Finding> certificates(SamlFacts provider, String where) {
        if (provider.certificates().isEmpty()) {
            return provider.metadata()
                    ? Stream.empty()
                    : Stream.of(Finding.error(
                            "certificate-missing",
                            "There is no signing certificate that can be read.",
                            where,
                            "Paste the identity provider's signing certificate, or set its metadata descriptor URL."));
        }
        Instant now = clock.instant();
        Instant soon = now.plus(SOON);
        return provider.certificates().stream()
                .filter(end -> end.isBefore(soon))
                .map(end -> {
                    String remedy =
                            "Add the identity provider's next certificate, and remove the old one when it is no longer used.";
                    return end.isBefore(now)
                            ? Finding.error(
                                    "certificate-expired", "A signing certificate ended on " + end + ".", where, remedy)
                            : Finding.warning(
                                    "certificate-expires-soon",
                                    "A signing certificate ends on " + end + ".",
                                    where,
                                    remedy);
                });
    }
}
