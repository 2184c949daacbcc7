package io.tenantry.it.fault;

import io.tenantry.stack.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import redis.clients.jedis.Jedis;

/**
 * What a Redis of the stack keeps on disk. It starts from its append-only file alone, which may begin with, or be, a
 * snapshot in the RDB format.
 */
final class RedisFiles {
    private final RedisServer server;
    private final Path directory;

    /** Of a server that is running. */
    RedisFiles(RedisServer server) {
        this.server = server;
        try (Jedis client = new Jedis(server.uri())) {
            this.directory = Path.of(client.configGet("dir").get("dir"));
        }
    }

    /** Saves a snapshot and returns where it was put aside. */
    Path snapshot() throws IOException {
        try (Jedis client = new Jedis(server.uri())) {
            client.save();
        }
        return Files.move(
                directory.resolve("dump.rdb"), directory.resolve("aside.rdb"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Has the server, which must not run, start from this snapshot. */
    void restore(Path snapshot) throws IOException {
        Files.copy(snapshot, directory.resolve("appendonly.aof"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Has the server, which must not run, start empty. */
    void delete() throws IOException {
        Files.delete(directory.resolve("appendonly.aof"));
    }
}
