package io.tenantry.benchmarks;

import io.tenantry.contract.RedisKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** How old the watermarks of some realms are, as a consumer would find them in Redis. */
record Watermarks(RedisClient redis, List<String> realms) {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    Watermarks {
        realms = List.copyOf(realms);
    }

    /** The age of the oldest at this moment, in seconds; empty while a realm has none yet. */
    Optional<Double> oldest() {
        List<Response<String>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (String realm : realms) {
                answers.add(pipeline.hget(new RedisKeys(RedisKeys.DEFAULT_PREFIX, realm).watermark(), "at"));
            }
            pipeline.sync();
        }
        if (answers.stream().anyMatch(answer -> answer.get() == null)) {
            return Optional.empty();
        }
        long oldest = answers.stream()
                .mapToLong(answer -> Long.parseLong(answer.get()))
                .min()
                .orElseThrow();
        return Optional.of((System.currentTimeMillis() - oldest) / 1e3);
    }

    /** The same, looked at again and again for as long as something goes on. */
    List<Double> seenWhile(BooleanSupplier goesOn) {
        List<Double> ages = new ArrayList<>();
        do {
            ages.add(oldest().orElseThrow(() -> new BenchmarkException("a watermark has gone")));
            pause();
        } while (goesOn.getAsBoolean());
        return ages;
    }

    static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }
}
