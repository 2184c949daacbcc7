package io.tenantry.stack;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** Whether a Redis on this machine answers. */
final class RedisPing {
    private RedisPing() {}

    static boolean answers(int port) {
        try (RedisClient client = RedisClient.create("127.0.0.1", port)) {
            return "PONG".equals(client.ping());
        } catch (JedisException e) {
            return false;
        }
    }
}
