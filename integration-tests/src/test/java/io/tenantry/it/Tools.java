package io.tenantry.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Programs of the machine that some tests need, and CI must have. */
final class Tools {
    private static final String REQUIRED = "TENANTRY_REQUIRE_TOOLS";

    private Tools() {}

    /** Skips the test with a notice where one is missing; where they are required it fails. */
    static void assume(boolean present, String missing) {
        if (!present && Boolean.parseBoolean(System.getenv(REQUIRED))) {
            throw new AssertionError(REQUIRED + " is true: " + missing);
        }
        assumeTrue(present, "SKIPPED: " + missing);
    }
}
