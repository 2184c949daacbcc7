package io.tenantry.benchmarks;

/** What one connection asks for, again and again. */
@FunctionalInterface
interface Source {
    /** What precedes each request without being part of it; nothing for most. */
    default void prepare() {}

    /** One request; returns what is looked at after the clock has stopped, such as the access token. */
    String next();
}
