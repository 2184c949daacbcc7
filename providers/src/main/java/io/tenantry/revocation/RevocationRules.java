package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How what was detected in one transaction becomes revocations.
 *
 * @param clockSkew added to the time for which a revocation is kept
 * @param ids where new revocations get their ids
 */
public record RevocationRules(Duration clockSkew, Supplier<String> ids) {
    /**
     * How far past the moment at which it is written a cutoff reaches where the tokens' source has ended: a request that
     * read the old state just before may issue its token just after.
     */
    public static final Duration IN_FLIGHT_MARGIN = Duration.ofSeconds(2);

    /** How long a commit may take until a second cutoff, reckoned from its end, must follow. */
    public static final Duration COMMIT_TOLERANCE = Duration.ofMillis(500);

    /** How far past the commit a cutoff reaches for certain: a request that takes longer must look whether it is overtaken. */
    public static final Duration CERTAIN_MARGIN = IN_FLIGHT_MARGIN.minus(COMMIT_TOLERANCE);

    /**
     * The revocations to write, one a selector and cutoff; none for tokens that have all expired.
     *
     * @param now when they are written
     * @param lifetimes of the realm's access tokens
     */
    public List<Revocation> revocations(Set<Detected> detected, Instant now, TokenLifetimes lifetimes) {
        Map<Covered, Cause> causes = new LinkedHashMap<>();
        for (Detected each : detected) {
            Instant cutoff = cutoff(each, now);
            Instant expiresAt = lifetimes.lastValid(cutoff).plus(clockSkew);
            if (expiresAt.isAfter(now)) {
                Instant covered = each.isOver() ? expiresAt.minusMillis(1) : cutoff;
                causes.merge(new Covered(each.selector(), covered, expiresAt), each.cause(), Cause::weightier);
            }
        }
        List<Revocation> revocations = new ArrayList<>();
        causes.forEach((covered, cause) -> revocations.add(
                new Revocation(ids.get(), covered.selector(), covered.cutoff(), covered.expiresAt(), cause.word())));
        return revocations;
    }

    private record Covered(Selector selector, Instant cutoff, Instant expiresAt) {}

    /**
     * What must follow once their commit turns out to have taken longer than it may: the same up to its end. None for what
     * no clock is asked about, or states a moment itself.
     */
    public static Set<Detected> reckonedFromCommit(Set<Detected> detected) {
        return detected.stream()
                .filter(each -> each.cutoff() == null && !each.isOver())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * A row that was committed late, up to now at the latest; the same where no clock is asked about, or it states a moment
     * itself.
     */
    public static Revocation coveringUpTo(Instant now, Revocation written) {
        boolean over = !written.cutoff().plusMillis(1).isBefore(written.expiresAt());
        if (over || written.cause().equals(Cause.NOT_BEFORE.word())) {
            return written;
        }
        Instant cutoff = reckoned(Cause.withWord(written.cause()), now);
        return cutoff.isAfter(written.cutoff())
                ? new Revocation(
                        written.id(),
                        written.selector(),
                        cutoff,
                        written.expiresAt().plus(Duration.between(written.cutoff(), cutoff)),
                        written.cause(),
                        written.securityEvent())
                : written;
    }

    private static Instant cutoff(Detected detected, Instant now) {
        Instant stated = detected.cutoff();
        if (stated != null) {
            // No token is issued later than now; a moment that lies ahead is stated again as long as it does
            Instant latest = now.plus(IN_FLIGHT_MARGIN);
            return stated.isAfter(latest) ? latest : stated;
        }
        return reckoned(Optional.of(detected.cause()), now);
    }

    /** Of what no event says up to when; a cause that this version does not know may have ended the source. */
    private static Instant reckoned(Optional<Cause> cause, Instant now) {
        if (cause.filter(Cause::sourceRenewed).isPresent()) {
            return now.truncatedTo(ChronoUnit.SECONDS).minusMillis(1);
        }
        return cause.filter(known -> !known.sourceEnded()).isPresent() ? now : now.plus(IN_FLIGHT_MARGIN);
    }
}
