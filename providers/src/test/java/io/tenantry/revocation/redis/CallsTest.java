package io.tenantry.revocation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.RedisKeys;
import io.tenantry.revocation.RevocationPublisher.Claim;
import io.tenantry.revocation.RevocationPublisher.Intact;
import io.tenantry.revocation.RevocationPublisher.Lost;
import io.tenantry.settings.HostPort;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.embedded.RedisServer;

class CallsTest {
    /** A node of a cluster listens on another port as well, which lies so much higher. */
    private static final int TO_BUS = 10_000;

    private static final int SLOTS = 16_384;
    private static final int MAX_PORT = 65_535;

    private final List<String> realms =
            IntStream.range(0, 40).mapToObj(i -> "realm" + i).toList();
    private final Instant now = Instant.now();

    @Test
    void whatHasMovedToAnotherServerIsAskedThere(@TempDir Path directory) throws Exception {
        int from = freePort();
        int to = freePort();
        RedisServer first = server(from, directory);
        RedisServer second = server(to, directory);
        first.start();
        second.start();
        try (Jedis source = new Jedis("127.0.0.1", from);
                Jedis target = new Jedis("127.0.0.1", to);
                RedisPublisher publisher = publisher(from)) {
            join(source, target, to);
            realms.forEach(realm -> {
                publisher.clear(realm, null, true);
                publisher.seal(realm, "e1");
            });
            assertThat(publisher.advance(claims()).values()).hasSize(40).hasOnlyElementsOfType(Intact.class);

            source.flushAll();
            for (String realm : realms) {
                int slot = JedisClusterCRC16.getSlot(new RedisKeys("test", realm).stream());
                target.clusterSetSlotNode(slot, target.clusterMyId());
                source.clusterSetSlotNode(slot, target.clusterMyId());
            }
            assertThat(publisher.advance(claims()).values()).hasSize(40).hasOnlyElementsOfType(Lost.class);
            // All at once, then all but the first once more, which taught it the script. One by one they would be 40
            assertThat(target.info("commandstats")).contains("cmdstat_evalsha:calls=79,");
        } finally {
            first.stop();
            second.stop();
        }
    }

    private List<Claim> claims() {
        return realms.stream()
                .map(realm -> new Claim(realm, "e1", now, now, null))
                .toList();
    }

    private static void join(Jedis source, Jedis target, int to) throws InterruptedException {
        source.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
        source.clusterMeet("127.0.0.1", to);
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!knowsBoth(source) || !knowsBoth(target)) {
            assertThat(System.nanoTime() - deadline)
                    .as("the wait for a cluster")
                    .isNegative();
            Thread.sleep(50);
        }
    }

    private static boolean knowsBoth(Jedis node) {
        String info = node.clusterInfo();
        return info.contains("cluster_state:ok")
                && info.contains("cluster_known_nodes:2")
                && info.contains("cluster_slots_assigned:" + SLOTS);
    }

    private static RedisServer server(int port, Path directory) throws IOException {
        return RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("dir " + directory)
                .setting("save \"\"")
                .setting("cluster-enabled yes")
                .setting("cluster-config-file nodes-" + port + ".conf")
                .build();
    }

    private static RedisPublisher publisher(int port) {
        RedisAddress address = new RedisAddress.Cluster(List.of(new HostPort("127.0.0.1", port)), false);
        return new RedisPublisher(
                address, new PublisherSettings(address, null, "test", Duration.ofSeconds(2), Duration.ofSeconds(60)));
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0)) {
                if (socket.getLocalPort() <= MAX_PORT - TO_BUS) {
                    return socket.getLocalPort();
                }
            }
        }
    }
}
