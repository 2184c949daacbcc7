package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class ProcessRedisTest {
    @TempDir
    private Path directory;

    private ProcessRedis redis;

    @BeforeEach
    void start() {
        redis = new ProcessRedis(new StackHome(directory), 0, List.of());
        redis.start();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void whatWasWrittenIsThereAfterARestartOnTheSamePort() {
        set("k", "v");

        redis.restart();

        assertThat(get("k")).isEqualTo("v");
    }

    @Test
    void itComesBackAfterAKill() {
        redis.kill();
        assertThat(answers()).isFalse();

        redis.start();

        assertThat(answers()).isTrue();
    }

    @Test
    void aPausedOneIsSilentUntilItIsResumed() {
        redis.pause();
        assertThat(answers()).isFalse();

        redis.resume();

        assertThat(answers()).isTrue();
    }

    private boolean answers() {
        return RedisPing.answers(redis.uri().getPort());
    }

    private void set(String key, String value) {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            client.set(key, value);
        }
    }

    private String get(String key) {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            return client.get(key);
        }
    }
}
