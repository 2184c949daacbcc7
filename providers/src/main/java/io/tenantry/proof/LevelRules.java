package io.tenantry.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Which levels of authentication a session still has.
 *
 * @param maxAges for how many seconds the login flow lets each level count
 * @param signIn how long a sign-in may take: a level that counts for one sign-in alone counts for that one
 */
record LevelRules(Map<Integer, Integer> maxAges, Duration signIn) {
    /**
     * Whether one still counts.
     *
     * @param reachedAt in epoch seconds
     */
    boolean isInForce(int level, int reachedAt, Instant now) {
        return Instant.ofEpochSecond(reachedAt).plus(lifetime(level)).isAfter(now);
    }

    private Duration lifetime(int level) {
        Duration maxAge = Duration.ofSeconds(maxAges.getOrDefault(level, 0));
        return maxAge.compareTo(signIn) > 0 ? maxAge : signIn;
    }
}
