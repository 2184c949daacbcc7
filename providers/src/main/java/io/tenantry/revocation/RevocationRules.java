package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How what was detected in one transaction becomes revocations.
 *
 * @param clockSkew added to the time for which a revocation is kept
 * @param ids where new revocations get their ids
 */
public record RevocationRules(Duration clockSkew, Supplier<String> ids) {
    /**
     * How far past its commit a cutoff reaches where the tokens' source has ended: a request that read the old state
     * just before may issue its token just after. A sign-in within this time gets a token that is refused until its
     * first refresh.
     */
    public static final Duration IN_FLIGHT_MARGIN = Duration.ofSeconds(2);

    /**
     * The revocations to write, one a selector and cutoff; none for tokens that have all expired.
     *
     * @param now when they are written
     * @param lifetimes of the realm's access tokens
     */
    public List<Revocation> revocations(Set<Detected> detected, Instant now, TokenLifetimes lifetimes) {
        Map<Object, Revocation> distinct = new LinkedHashMap<>();
        for (Detected each : detected) {
            Instant cutoff = cutoff(each, now);
            Instant expiresAt = lifetimes.lastValid(cutoff).plus(clockSkew);
            if (expiresAt.isAfter(now)) {
                distinct.putIfAbsent(
                        List.of(each.selector(), cutoff),
                        new Revocation(
                                ids.get(),
                                each.selector(),
                                cutoff,
                                expiresAt,
                                each.cause().word()));
            }
        }
        return new ArrayList<>(distinct.values());
    }

    private static Instant cutoff(Detected detected, Instant now) {
        Instant stated = detected.cutoff();
        if (stated != null) {
            return stated;
        }
        if (detected.cause().sourceRenewed()) {
            return now.truncatedTo(ChronoUnit.SECONDS).minusMillis(1);
        }
        return detected.cause().sourceEnded() ? now.plus(IN_FLIGHT_MARGIN) : now;
    }
}
