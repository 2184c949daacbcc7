package io.tenantry.benchmarks;

/** What a run can be limited to. */
enum Part {
    SIZES(true),
    UNUSED(true),
    THROUGHPUT(true),
    ROUND_TRIPS(true),
    MEMBERSHIPS(true),
    PASSWORDS(false),
    LOGOUTS(false),
    BACKLOG(false),
    MEMORY(false),
    REALMS(false);

    private final boolean besideStock;

    Part(boolean besideStock) {
        this.besideStock = besideStock;
    }

    /** Whether a server without the pack is needed. */
    boolean besideStock() {
        return besideStock;
    }
}
