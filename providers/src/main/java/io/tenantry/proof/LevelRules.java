package io.tenantry.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Which level of authentication a session still has.
 *
 * @param maxAges for how many seconds the login flow lets each level count
 * @param signIn how long a sign-in may take: a level that counts for one sign-in alone counts for that one
 */
record LevelRules(Map<Integer, Integer> maxAges, Duration signIn) {
    /**
     * The highest one, 0 if none.
     *
     * @param reachedAt when each level was reached, in epoch seconds
     */
    int inForce(Map<Integer, Integer> reachedAt, Instant now) {
        return reachedAt.entrySet().stream()
                .filter(reached -> Instant.ofEpochSecond(reached.getValue())
                        .plus(lifetime(reached.getKey()))
                        .isAfter(now))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    private Duration lifetime(int level) {
        Duration maxAge = Duration.ofSeconds(maxAges.getOrDefault(level, 0));
        return maxAge.compareTo(signIn) > 0 ? maxAge : signIn;
    }
}
