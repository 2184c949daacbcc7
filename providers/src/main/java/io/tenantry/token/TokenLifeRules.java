package io.tenantry.token;

import io.tenantry.doctor.Finding;
import java.util.stream.Stream;

/** Decides whether a realm's access tokens live too long. */
final class TokenLifeRules {
    private final boolean implicitFlow;

    /**
     * Judges a realm.
     *
     * @param implicitFlow whether any client uses the implicit flow
     */
    TokenLifeRules(boolean implicitFlow) {
        this.implicitFlow = implicitFlow;
    }

    /**
     * Compares lifespans in seconds.
     *
     * @param ofImplicitFlow that of tokens from the implicit flow
     */
    Stream<Finding> check(int lifespan, int ofImplicitFlow) {
        return Stream.concat(
                tooLong("Access Token Lifespan", lifespan),
                implicitFlow ? tooLong("Access Token Lifespan For Implicit Flow", ofImplicitFlow) : Stream.empty());
    }

    private static Stream<Finding> tooLong(String setting, int seconds) {
        return seconds >= 0 && seconds <= ClientSetupRules.LONGEST_LIFE.toSeconds()
                ? Stream.empty()
                : Stream.of(Finding.warning(
                        "access-tokens-long-lived",
                        "Access tokens live longer than 15 minutes: " + seconds + " seconds.",
                        "realm setting " + setting,
                        "Lower it to 900 seconds or less under Realm settings, Tokens."));
    }
}
