package io.tenantry.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The machine that everything runs on. */
final class Machine {
    private Machine() {}

    /** How busy it is at this moment, in brackets. */
    static String load() {
        return String.format(
                Locale.ROOT,
                " (load average %.2f, %d processors)",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
    }
}
