package io.tenantry.benchmarks;

import java.util.Map;

/** The time that each side took in one round, in nanoseconds by its name; all sides did the same count of requests. */
record Round(Map<String, Long> nanos) {
    Round {
        nanos = Map.copyOf(nanos);
    }

    /** The time of one side as a multiple of another's. */
    double timeRatio(String side, String other) {
        return (double) of(side) / of(other);
    }

    /** The throughput of one side as a multiple of another's. */
    double throughputRatio(String side, String other) {
        return (double) of(other) / of(side);
    }

    long of(String side) {
        Long took = nanos.get(side);
        if (took == null) {
            throw new IllegalArgumentException("no side is named " + side + ", there are " + nanos.keySet());
        }
        return took;
    }
}
