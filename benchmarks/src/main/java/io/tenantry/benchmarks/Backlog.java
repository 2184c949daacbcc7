package io.tenantry.benchmarks;

import io.tenantry.contract.RedisKeys;
import io.tenantry.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.RedisClient;

/**
 * How fast what has been waiting is published, how fast everything is published anew after Redis lost it, and how much of
 * Redis' memory it needs: with each kind of revocation alone, and with a mix.
 */
final class Backlog {
    private static final Target DRAINED = Target.atLeast(20_000);
    private static final Target HEALED = Target.atMost(10);
    private static final Target BYTES = Target.atMost(350);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int POLL_MILLIS = 5;

    /** As many of each as of ten sign-outs, roughly: most are sessions. */
    private static final String MIX = "sid,sid,sid,sid,sid,sid,sid,sub,member,jti";

    private static final List<String> TRIES = List.of("sid", "sub", "member", "grant", "jti", MIX);

    private final Stack stack;
    private final EndingRealm realm;
    private final RevocationTable table;
    private final RedisKeys keys;
    private final int count;

    Backlog(Stack stack, EndingRealm realm, Scale scale) {
        this.stack = stack;
        this.realm = realm;
        this.table = new RevocationTable(stack.postgres());
        this.keys = new RedisKeys(RedisKeys.DEFAULT_PREFIX, realm.name());
        this.count = scale == Scale.FULL ? 100_000 : 5_000;
    }

    void measure(List<Figure> figures) {
        List<Double> rates = new ArrayList<>();
        List<Double> heals = new ArrayList<>();
        Map<String, Double> bytes = new LinkedHashMap<>();
        try (RedisClient redis = RedisClient.create(stack.redis().uri())) {
            for (String kinds : TRIES) {
                table.clear(realm.name());
                flush(redis, 0);
                long empty = usedMemory(redis);
                rates.add(drain(redis, kinds));
                bytes.put(kinds, (usedMemory(redis) - empty) / (double) count);
                heals.add(flush(redis, count));
            }
            table.clear(realm.name());
        }
        Spread rate = Spread.of(rates);
        figures.add(new Figure(
                "backlog of " + count + ", drained a second",
                rate.median(),
                String.format(Locale.ROOT, "%.0f", rate.median()),
                rate.toString(),
                DRAINED));
        Spread heal = Spread.of(heals);
        figures.add(new Figure(
                "heal of " + count + " after FLUSHALL, s",
                heal.median(),
                String.format(Locale.ROOT, "%.2f", heal.median()),
                rangeOf(heals),
                HEALED));
        bytes.forEach((kinds, each) -> figures.add(new Figure(
                "Redis memory a live revocation, " + (kinds.equals(MIX) ? "mixed" : kinds) + ", bytes",
                each,
                String.format(Locale.ROOT, "%.0f", each),
                "its stream entry included, n = " + count + (kinds.equals(MIX) ? ": " + MIX : ""),
                BYTES)));
    }

    private static String rangeOf(List<Double> values) {
        return String.format(
                Locale.ROOT,
                "each from %.2f to %.2f, noticing included, n = %d",
                values.stream().min(Double::compare).orElseThrow(),
                values.stream().max(Double::compare).orElseThrow(),
                values.size());
    }

    /** From the first that is seen to be published to the last that is noted as published; returns how many a second. */
    private double drain(RedisClient redis, String kinds) {
        table.add(realm.name(), kinds, count);
        await("the first of a backlog", () -> redis.xlen(keys.stream()) > 1);
        long begin = System.nanoTime();
        long before = redis.xlen(keys.stream());
        await("the backlog's end", () -> redis.xlen(keys.stream()) >= count && table.pending(realm.name()) == 0);
        return (count - before) * 1e9 / (System.nanoTime() - begin);
    }

    /** Loses everything, and waits until it is there again under a new name; returns the seconds. */
    private double flush(RedisClient redis, int expected) {
        long begin = System.nanoTime();
        redis.flushAll();
        await("a new data set", () -> redis.exists(keys.epoch()));
        double took = (System.nanoTime() - begin) / 1e9;
        long found = redis.xlen(keys.stream());
        if (found < expected) {
            throw new BenchmarkException("the new data set has " + found + " entries instead of " + expected);
        }
        return took;
    }

    private static long usedMemory(RedisClient redis) {
        return redis.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length())))
                .findFirst()
                .orElseThrow();
    }

    private static void await(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new BenchmarkException("not within " + PATIENCE + ": " + what);
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchmarkException("interrupted", e);
            }
        }
    }
}
