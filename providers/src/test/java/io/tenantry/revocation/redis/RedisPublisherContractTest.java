package io.tenantry.revocation.redis;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.revocation.RevocationPublisherContract;
import io.tenantry.settings.HostPort;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** The contract against a real Redis. */
class RedisPublisherContractTest extends RevocationPublisherContract {
    private static RedisServer server;
    private static int port;

    private final RedisClient redis = RedisClient.create("127.0.0.1", port);

    @BeforeAll
    static void startRedis() throws IOException {
        port = freePort();
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .build();
        server.start();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        server.stop();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Override
    protected RevocationPublisher publisher() {
        redis.flushAll();
        return publisher(port);
    }

    @Override
    protected RevocationPublisher unreachable() {
        try {
            return publisher(freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Optional<Instant> cutoff(String realm, Selector selector) {
        return Optional.ofNullable(redis.get(new RedisKeys("test", realm).cutoff(selector)))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    @Override
    protected List<Revocation> history(String realm) {
        return redis.xrange(new RedisKeys("test", realm).stream(), "-", "+").stream()
                .map(entry -> StreamEntry.parse(entry.getFields()))
                .filter(StreamEntry.Revoked.class::isInstance)
                .map(entry -> ((StreamEntry.Revoked) entry).revocation())
                .toList();
    }

    @Override
    protected void loseEverything() {
        redis.flushAll();
    }

    private static RedisPublisher publisher(int serverPort) {
        RedisAddress address = new RedisAddress.Single(new HostPort("127.0.0.1", serverPort), 0, false);
        return new RedisPublisher(
                address, new PublisherSettings(address, null, "test", Duration.ofSeconds(2), Duration.ofSeconds(60)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
