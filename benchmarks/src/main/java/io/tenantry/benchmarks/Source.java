package io.tenantry.benchmarks;

/** What one connection asks for, again and again. */
@FunctionalInterface
interface Source {
    /** One request; returns what is looked at after the clock has stopped, such as the access token. */
    String next();
}
