package io.tenantry.revocation;

import java.time.Duration;
import java.time.Instant;

/**
 * How long access tokens of a realm live, those included that were issued before the lifetime was last lowered.
 *
 * @param longest the longest lifetime in force
 * @param formerLongest the longest of those that were in force before and are no longer; zero if none matters any more
 * @param formerUntil when the last token of a former lifetime expires
 */
public record TokenLifetimes(Duration longest, Duration formerLongest, Instant formerUntil) {
    /** Of a realm about whose past nothing is known. */
    public static TokenLifetimes first(Duration longest) {
        return new TokenLifetimes(longest, Duration.ZERO, Instant.EPOCH);
    }

    /**
     * The same with what is in force now. A token of the lifetime known until now may have been issued this moment, or by
     * a request that read the old settings a little later.
     */
    public TokenLifetimes observed(Duration inForce, Instant now) {
        boolean formerMatters = formerUntil.isAfter(now);
        if (inForce.compareTo(longest) >= 0) {
            return new TokenLifetimes(
                    inForce,
                    formerMatters ? formerLongest : Duration.ZERO,
                    formerMatters ? formerUntil : Instant.EPOCH);
        }
        Instant until = now.plus(RevocationRules.IN_FLIGHT_MARGIN).plus(longest);
        return new TokenLifetimes(
                inForce,
                formerMatters && formerLongest.compareTo(longest) > 0 ? formerLongest : longest,
                formerMatters && formerUntil.isAfter(until) ? formerUntil : until);
    }

    /** The same with a lifetime that is in force and may not have been noted yet. */
    public TokenLifetimes atLeast(Duration inForce) {
        return inForce.compareTo(longest) > 0 ? new TokenLifetimes(inForce, formerLongest, formerUntil) : this;
    }

    /** Until when a token may be valid that was issued by then. */
    Instant lastValid(Instant issuedBy) {
        Instant byNow = issuedBy.plus(longest);
        Instant byThen = issuedBy.plus(formerLongest);
        Instant former = byThen.isAfter(formerUntil) ? formerUntil : byThen;
        return former.isAfter(byNow) ? former : byNow;
    }
}
