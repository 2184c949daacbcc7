package io.tenantry.verifier;

import java.net.URI;
import java.time.Duration;

/**
 * Where a realm's public keys come from, and how long they are trusted.
 *
 * @param jwksUri the realm's key set; https, or http to this machine, or http where {@code plainHttpAllowed}
 * @param plainHttpAllowed whether {@code jwksUri} may be plain http to another machine; default false
 * @param connectTimeout 50 ms to 10 s; default 1 s
 * @param readTimeout 50 ms to 10 s; default 2 s
 * @param timeToLive how old keys may be before they are fetched again, in the background; 1 minute to 24 hours, default 5
 *     minutes
 * @param minRefreshInterval the shortest time from the end of one fetch to the next that an unknown key id may cause, and
 *     so how long a key that was just rotated in may be refused while others flood the verifier with made-up ones; 1 s to
 *     1 minute, and below {@code timeToLive}; default 2 s
 * @param outageTolerance how long keys serve past {@code timeToLive} while they cannot be fetched; 0 to 7 days, default 4
 *     hours
 * @param maxBytes the largest key set that is read; 1 KiB to 1 MiB, default 256 KiB
 */
public record KeySettings(
        URI jwksUri,
        boolean plainHttpAllowed,
        Duration connectTimeout,
        Duration readTimeout,
        Duration timeToLive,
        Duration minRefreshInterval,
        Duration outageTolerance,
        int maxBytes) {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(50);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of its bounds; the message names it, its value and the remedy
     */
    public KeySettings {
        Settings.requireHttp("jwksUri", jwksUri, plainHttpAllowed);
        Settings.requireBetween("connectTimeout", connectTimeout, MIN_TIMEOUT, MAX_TIMEOUT);
        Settings.requireBetween("readTimeout", readTimeout, MIN_TIMEOUT, MAX_TIMEOUT);
        Settings.requireBetween("timeToLive", timeToLive, Duration.ofMinutes(1), Duration.ofHours(24));
        Settings.requireBetween("minRefreshInterval", minRefreshInterval, Duration.ofSeconds(1), Duration.ofMinutes(1));
        if (minRefreshInterval.compareTo(timeToLive) >= 0) {
            throw Settings.invalid("minRefreshInterval", minRefreshInterval, "choose less than timeToLive");
        }
        Settings.requireBetween("outageTolerance", outageTolerance, Duration.ZERO, Duration.ofDays(7));
        Settings.requireBetween("maxBytes", maxBytes, 1024, 1024 * 1024);
    }

    /** The defaults, for keys at this address. */
    public static KeySettings at(URI jwksUri) {
        return at(jwksUri, false);
    }

    /** The defaults, for keys at this address, which may be plain http if so said. */
    public static KeySettings at(URI jwksUri, boolean plainHttpAllowed) {
        return new KeySettings(
                jwksUri,
                plainHttpAllowed,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofSeconds(2),
                Duration.ofHours(4),
                256 * 1024);
    }
}
