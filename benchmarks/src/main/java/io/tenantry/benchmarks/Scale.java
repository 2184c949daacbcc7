package io.tenantry.benchmarks;

import java.time.Duration;

/** How much of everything. */
enum Scale {
    /** What the targets are about. */
    FULL(1_000, 10, Duration.ofSeconds(8)),
    /** Shows in a minute that the benchmarks work; its figures say nothing. */
    QUICK(20, 1, Duration.ofSeconds(1));

    private final int tenants;
    private final int leastRounds;
    private final Duration warmUp;

    Scale(int tenants, int leastRounds, Duration warmUp) {
        this.tenants = tenants;
        this.leastRounds = leastRounds;
        this.warmUp = warmUp;
    }

    /** Of how many tenants the one with many is a member. */
    int tenants() {
        return tenants;
    }

    /** A plan that is as given in {@link #FULL}, and a few rounds in {@link #QUICK}. */
    Plan plan(int rounds, Duration atMost, int requestsPerConnection) {
        int fewer = this == FULL ? rounds : 3;
        return new Plan(fewer, leastRounds, atMost, warmUp, requestsPerConnection);
    }

    /** The same for rounds that may be slow: fewer are enough. */
    Plan slowPlan(int rounds, Duration atMost, int requestsPerConnection) {
        int fewer = this == FULL ? rounds : 1;
        return new Plan(fewer, Math.min(fewer, 3), atMost, warmUp, requestsPerConnection);
    }

    /** The same for rounds of seconds each, one request a batch: nothing is run before the first that counts. */
    Plan slowestPlan(int rounds, Duration atMost) {
        int fewer = this == FULL ? rounds : 1;
        return new Plan(fewer, Math.min(fewer, 3), atMost, Duration.ZERO, 1);
    }
}
