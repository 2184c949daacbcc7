package io.tenantry.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of the machine that some tests need, and CI must have. */
public final class Tools {
    private static final String REQUIRED = "TENANTRY_REQUIRE_TOOLS";

    private Tools() {}

    /** Whether a program of this name can be called. */
    public static boolean onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    /** Skips the test with a notice where one is missing; where they are required it fails. */
    public static void assume(boolean present, String missing) {
        if (!present && Boolean.parseBoolean(System.getenv(REQUIRED))) {
            throw new AssertionError(REQUIRED + " is true: " + missing);
        }
        assumeTrue(present, "SKIPPED: " + missing);
    }
}
