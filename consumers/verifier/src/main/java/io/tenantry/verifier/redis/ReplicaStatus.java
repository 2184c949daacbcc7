package io.tenantry.verifier.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a replica stands, for health checks and metrics.
 *
 * @param fresh whether it knows every revocation that was committed within {@code max-staleness}, and goes on reading
 * @param watermark every revocation committed by then is known; empty until a whole data set was read
 * @param staleness the watermark's age; empty like it
 * @param liveRevocations how many are held
 * @param strayEntries how many entries of the stream were passed over, as no publisher can have written them
 * @param problem what keeps the watermark from advancing, as far as known; for people
 */
public record ReplicaStatus(
        boolean fresh,
        Optional<Instant> watermark,
        Optional<Duration> staleness,
        int liveRevocations,
        int strayEntries,
        Optional<String> problem) {}
