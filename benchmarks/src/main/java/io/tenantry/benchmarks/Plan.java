package io.tenantry.benchmarks;

import java.time.Duration;

/**
 * How much is measured: bounded by count and by time, whichever is reached first.
 *
 * @param rounds the most rounds
 * @param leastRounds fewer say nothing, and fail the run
 * @param atMost after this no further round is begun
 * @param warmUp how long rounds are run before the first that counts
 * @param requestsPerConnection the size of a batch; a round has two batches a side
 */
record Plan(int rounds, int leastRounds, Duration atMost, Duration warmUp, int requestsPerConnection) {
    Plan {
        if (leastRounds < 1 || rounds < leastRounds) {
            throw new IllegalArgumentException("between 1 and " + rounds + " rounds are needed: " + leastRounds);
        }
        if (requestsPerConnection < 1) {
            throw new IllegalArgumentException("a batch needs a request");
        }
    }
}
