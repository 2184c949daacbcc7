package io.tenantry.stack;

import java.util.Map;

/** Keycloak with the provider jar, a Redis, and where chosen a PostgreSQL, all on this machine. */
public interface Stack extends AutoCloseable {
    /** Starts what is not running yet: Redis, then the first node. */
    default void start() {
        redis().start();
        keycloak().start();
    }

    /** The first node. */
    KeycloakServer keycloak();

    /** The Redis that the listener publishes to. */
    RedisServer redis();

    /** The database server, where {@link Database#POSTGRES} was chosen. */
    PostgresServer postgres();

    /**
     * Prepares one more node on the same PostgreSQL and Redis, on free ports; {@link KeycloakServer#start() start} it. It
     * is closed with the stack.
     *
     * @throws StackException if the database is not {@link Database#POSTGRES}
     */
    default KeycloakServer newNode() {
        return newNode(Map.of());
    }

    /** The same with options of its own, which win over those of the stack. */
    KeycloakServer newNode(Map<String, String> options);

    /**
     * Prepares one more Redis, on a free port and with data of its own; {@link RedisServer#start() start} it. It is closed
     * with the stack.
     *
     * @throws StackException if the stack does not run as processes
     */
    RedisServer newRedis();

    /** Stops everything, what started last first, and goes on when a part fails. */
    @Override
    void close();
}
