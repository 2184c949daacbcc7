package io.tenantry.verifier.redis;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** Writes what the publisher in Keycloak writes. */
final class TestPublisher implements AutoCloseable {
    static final RedisKeys KEYS = new RedisKeys("tenantry", "lending");

    private final Jedis redis;
    private StreamEntryID watermark;
    private int count;

    TestPublisher(TestRedis server) {
        this.redis = server.connect();
    }

    void epoch(String value) {
        redis.set(KEYS.epoch(), value);
    }

    void revoke(Selector selector, Instant cutoff) {
        revoke(selector, cutoff, cutoff.plusSeconds(330));
    }

    void revoke(Selector selector, Instant cutoff, Instant expiresAt) {
        add(new StreamEntry.Revoked(new Revocation("r" + count++, selector, cutoff, expiresAt, "test")).toFields());
    }

    /** At a place of the caller's choosing: only a reader that starts anew finds an entry below what it has read. */
    void revokeAt(StreamEntryID id, Selector selector) {
        Instant cutoff = Instant.ofEpochMilli(Clock.systemUTC().millis());
        Revocation revocation = new Revocation("r" + count++, selector, cutoff, cutoff.plusSeconds(330), "test");
        redis.xadd(KEYS.stream(), XAddParams.xAddParams().id(id), new StreamEntry.Revoked(revocation).toFields());
    }

    void watermark(Instant at) {
        StreamEntryID next = add(new StreamEntry.Watermark(at).toFields());
        if (watermark != null) {
            redis.xdel(KEYS.stream(), watermark);
        }
        watermark = next;
    }

    StreamEntryID add(Map<String, String> fields) {
        return redis.xadd(KEYS.stream(), StreamEntryID.NEW_ENTRY, fields);
    }

    void delete(StreamEntryID id) {
        redis.xdel(KEYS.stream(), id);
    }

    void flush() {
        redis.flushAll();
        watermark = null;
    }

    Jedis redis() {
        return redis;
    }

    @Override
    public void close() {
        redis.close();
    }
}
