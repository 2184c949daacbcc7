package io.tenantry.verifier.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/** Replies of a real Redis. */
class BoundedConnectionTest {
    private TestRedis server;
    private Jedis writer;
    private Jedis redis;

    @BeforeEach
    void start() {
        server = new TestRedis();
        writer = server.connect();
        redis = new Jedis(new BoundedConnection(
                new HostAndPort("127.0.0.1", server.uri().getPort()),
                DefaultJedisClientConfig.builder().resp2().clientName("test").build()));
    }

    @AfterEach
    void stop() {
        redis.close();
        writer.close();
        server.close();
    }

    private void add(Map<String, String> fields) {
        writer.xadd("s", StreamEntryID.NEW_ENTRY, fields);
    }

    private List<StreamEntry> entries() {
        return redis.xreadAsMap(
                        XReadParams.xReadParams().count(BoundedConnection.MAX_ELEMENTS),
                        Map.of("s", new StreamEntryID(0, 0)))
                .getOrDefault("s", List.of());
    }

    @Test
    void everyFormOfReplyIsReadAsItIs() {
        assertThat(redis.get("none")).isNull();
        assertThat(redis.ping()).isEqualTo("PONG");
        assertThat(redis.exists("none")).isFalse();
        assertThat(redis.time()).hasSize(2);
        assertThat(redis.xreadAsMap(XReadParams.xReadParams().block(1), Map.of("s", new StreamEntryID(0, 0))))
                .isNull();
        writer.set("value", "grün");
        assertThat(redis.get("value")).isEqualTo("grün");
        assertThatThrownBy(() -> redis.xinfoStream("value"))
                .isInstanceOf(JedisDataException.class)
                .hasMessageContaining("WRONGTYPE");
        assertThat(redis.ping()).isEqualTo("PONG");
        add(Map.of("a", "1"));
        assertThat(entries()).extracting(StreamEntry::getFields).containsExactly(Map.of("a", "1"));
        assertThat(redis.xinfoStream("s").getLength()).isOne();
    }

    @Test
    void aValueLargerThanAnyOfOursIsSkippedAndTheRestIsRead() {
        add(Map.of("large", "x".repeat(10_000_000), "kind", "sid"));
        add(Map.of("kind", "sub"));
        assertThat(entries())
                .extracting(StreamEntry::getFields)
                .containsExactly(Map.of("large", BoundedConnection.SKIPPED, "kind", "sid"), Map.of("kind", "sub"));
        writer.set("value", "x".repeat(10_000_000));
        assertThat(redis.get("value")).isEqualTo(BoundedConnection.SKIPPED);
    }

    @Test
    void manyValuesThatAreLargerTogetherAreSkippedToo() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("f" + i, "x".repeat(1_000));
        }
        add(many);
        Map<String, String> read = entries().get(0).getFields();
        assertThat(read.values()).contains(BoundedConnection.SKIPPED);
        assertThat(read.values().stream().mapToInt(String::length).sum()).isLessThan(20_480);
    }

    @Test
    void moreFieldsThanAnyEntryHasAreNotKept() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put("f" + i, "");
        }
        add(many);
        add(Collections.singletonMap("kind", "sub"));
        assertThat(entries().get(0).getFields()).hasSizeLessThanOrEqualTo(BoundedConnection.MAX_ELEMENTS / 2);
        assertThat(entries().get(1).getFields()).isEqualTo(Map.of("kind", "sub"));
    }
}
