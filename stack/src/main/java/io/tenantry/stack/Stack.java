package io.tenantry.stack;

import java.util.List;
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
    default RedisServer newRedis() {
        return newRedis(List.of());
    }

    /** The same with further arguments of {@code redis-server}, such as {@code --tls-port}. */
    RedisServer newRedis(List<String> arguments);

    /**
     * Prepares a member of a Redis Cluster: alone, and without slots.
     *
     * @throws StackException if the stack does not run as processes
     */
    RedisServer newClusterNode();

    /**
     * Prepares a Sentinel that watches over a master, and calls it down after a second without an answer.
     *
     * @param name by which it knows the master
     * @param quorum how many of them must agree that it is down
     * @throws StackException if the stack does not run as processes
     */
    RedisServer newSentinel(String name, RedisServer master, int quorum);

    /** Stops everything, what started last first, and goes on when a part fails. */
    @Override
    void close();
}
