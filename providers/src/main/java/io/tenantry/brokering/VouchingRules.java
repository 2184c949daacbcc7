package io.tenantry.brokering;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what holds for every protocol: whose person it is, and how and when that person signed in. */
public final class VouchingRules {
    private final VouchingSettings settings;
    private final Clock clock;

    public VouchingRules(VouchingSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Checks a sign-in.
     *
     * @param skew by how much the provider's clock may be wrong
     */
    public Outcome check(Vouching vouching, Duration skew) {
        return Outcome.require(vouching.withinBounds(), Rule.SIZE)
                // 26.7.0 lacks the server's own check (CVE-2026-9087, CVE-2026-16442)
                .and(() -> Outcome.require(!vouching.linkOnlySignIn(), Rule.LINK_ONLY))
                .and(() -> tenant(vouching))
                .and(() -> emails(vouching))
                .and(() -> Outcome.require(
                        settings.requiredAttributes().metBy(vouching.attributes()), Rule.REQUIRED_ATTRIBUTES))
                .and(() -> Outcome.require(contextAllowed(vouching.context()), Rule.AUTHENTICATION_CONTEXT))
                .and(() -> Outcome.require(recent(vouching.authenticatedAt(), skew), Rule.AUTHENTICATION_AGE))
                .and(() -> account(vouching.account()));
    }

    private Outcome tenant(Vouching vouching) {
        boolean bound = vouching.tenant().filter(BoundTenant::enabled).isPresent();
        return Outcome.require(bound || !settings.tenantBinding(), Rule.TENANT_BINDING);
    }

    private Outcome emails(Vouching vouching) {
        if (!settings.emailDomainsEnforced()) {
            return Outcome.accepted();
        }
        EmailDomains allowed = allowed(settings, vouching.tenant().orElse(null));
        boolean holds =
                !vouching.emails().isEmpty() && vouching.emails().stream().allMatch(allowed::allow);
        return Outcome.require(holds, Rule.EMAIL_DOMAIN);
    }

    /** The domains that hold: those written, else the tenant's own. */
    static EmailDomains allowed(VouchingSettings settings, @Nullable BoundTenant tenant) {
        return settings.emailDomains().isEmpty() ? EmailDomains.ofTenant(tenant) : settings.emailDomains();
    }

    private boolean contextAllowed(@Nullable String context) {
        return settings.contexts().isEmpty()
                || (context != null && settings.contexts().contains(context));
    }

    private boolean recent(@Nullable Instant authenticatedAt, Duration skew) {
        Instant now = clock.instant();
        return settings.maxAge()
                .map(maxAge -> authenticatedAt != null
                        && !authenticatedAt.isBefore(now.minus(maxAge).minus(skew))
                        && !authenticatedAt.isAfter(now.plus(skew)))
                .orElse(true);
    }

    private Outcome account(Vouching.Account account) {
        return switch (account) {
            case MEMBER, LINKABLE -> Outcome.accepted();
            case NONE -> Outcome.require(settings.unknownUsersAllowed(), Rule.UNKNOWN_USER);
            // To become a member again is to be taken on again
            case WITHOUT_TENANT -> Outcome.require(settings.unknownUsersAllowed(), Rule.MEMBERSHIP);
            case FOREIGN -> Outcome.require(!settings.tenantBinding(), Rule.MEMBERSHIP);
        };
    }
}
