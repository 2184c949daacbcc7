package io.tenantry.benchmarks;

/** What a run can be limited to. */
enum Part {
    SIZES,
    THROUGHPUT,
    MEMBERSHIPS,
    PASSWORDS,
    LOGOUTS,
    BACKLOG
}
