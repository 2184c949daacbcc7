package io.tenantry.benchmarks;

import org.jspecify.annotations.Nullable;

/** A measurement that could not be made; the message says at which step. */
final class BenchmarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchmarkException(String message) {
        super(message);
    }

    BenchmarkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
