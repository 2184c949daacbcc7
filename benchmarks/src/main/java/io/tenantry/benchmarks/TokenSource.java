package io.tenantry.benchmarks;

/** What one connection asks for, again and again. */
@FunctionalInterface
interface TokenSource {
    /** One request; returns the access token that it was answered with. */
    String next();
}
