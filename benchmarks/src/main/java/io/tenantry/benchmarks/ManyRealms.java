package io.tenantry.benchmarks;

import io.tenantry.contract.RedisKeys;
import io.tenantry.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import redis.clients.jedis.RedisClient;

/**
 * How old the watermarks of many realms are where Redis is far away, and while one of them is published anew. The realms
 * are written into Keycloak's tables: the admin API takes the better part of a second for each.
 */
final class ManyRealms {
    /** How far away Redis is. */
    static final Duration ROUND_TRIP = Duration.ofMillis(100);

    private static final Target AGE = Target.below(2);
    private static final List<Integer> COUNTS = List.of(1, 100, 1_000);
    private static final int REBUILT_BESIDE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EndingRealm model;
    private final RevocationTable table;
    private final RedisClient redis;
    private final Scale scale;

    /**
     * On a server that has its Redis far away.
     *
     * @param near the same Redis
     */
    ManyRealms(Stack stack, EndingRealm model, RedisClient near, Scale scale) {
        this.model = model;
        this.table = new RevocationTable(stack.postgres());
        this.redis = near;
        this.scale = scale;
    }

    void measure(List<Figure> figures) {
        int made = 1;
        for (int count : COUNTS) {
            int bounded = scale == Scale.FULL ? count : Math.min(count, 20);
            table.copyRealm(model.name(), made, bounded - 1);
            made = Math.max(made, bounded);
            age(watermarks(bounded), bounded, figures);
        }
        int beside = Math.min(made, REBUILT_BESIDE);
        rebuild(watermarks(beside), beside, figures);
    }

    private void age(Watermarks watermarks, int count, List<Figure> figures) {
        await(
                "the watermarks of " + count + " realms",
                () -> watermarks.oldest().filter(age -> age < 10).isPresent());
        settle();
        long until = System.nanoTime()
                + Duration.ofSeconds(scale == Scale.FULL ? 60 : 5).toNanos();
        figures.add(of(
                "age of the oldest watermark, s, " + count + (count == 1 ? " realm" : " realms"),
                watermarks.seenWhile(() -> System.nanoTime() < until),
                AGE));
    }

    /** The others' while a large data set is drained, and while it is published anew. */
    private void rebuild(Watermarks all, int count, List<Figure> figures) {
        int rows = scale == Scale.FULL ? 100_000 : 20_000;
        RedisKeys keys = new RedisKeys(RedisKeys.DEFAULT_PREFIX, model.name());
        Watermarks others = new Watermarks(
                redis,
                all.realms().stream().filter(name -> !name.equals(model.name())).toList());
        table.add(model.name(), "sid", rows);
        figures.add(of(
                String.format(Locale.ROOT, "the same of %d realms, one of them draining %d", count - 1, rows),
                others.seenWhile(within(() -> table.pending(model.name()) > 0)),
                AGE));
        redis.del(keys.epoch());
        figures.add(of(
                String.format(Locale.ROOT, "the same of %d realms, one of them publishing %d anew", count - 1, rows),
                others.seenWhile(within(() -> !redis.exists(keys.epoch()))),
                AGE));
        table.clear(model.name());
        redis.del(keys.epoch());
        await("an empty data set", () -> redis.exists(keys.epoch()));
    }

    private Watermarks watermarks(int count) {
        return new Watermarks(
                redis,
                IntStream.range(0, count)
                        .mapToObj(n -> n == 0 ? model.name() : RevocationTable.copyOf(model.name(), n))
                        .toList());
    }

    private static Figure of(String what, List<Double> ages, Target target) {
        double oldest = ages.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return new Figure(
                what + ", at worst",
                oldest,
                String.format(Locale.ROOT, "%.2f", oldest),
                String.format(
                        Locale.ROOT,
                        "median %.2f, looked at %d times, Redis %d ms away",
                        Spread.of(ages).median(),
                        ages.size(),
                        ROUND_TRIP.toMillis()),
                target);
    }

    private void settle() {
        long until = System.nanoTime()
                + Duration.ofSeconds(scale == Scale.FULL ? 15 : 3).toNanos();
        while (System.nanoTime() < until) {
            Watermarks.pause();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new BenchmarkException("not within " + PATIENCE + ": " + what);
            }
            Watermarks.pause();
        }
    }

    private static BooleanSupplier within(BooleanSupplier goesOn) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        return () -> {
            if (System.nanoTime() > until) {
                throw new BenchmarkException("it went on for longer than " + PATIENCE);
            }
            return goesOn.getAsBoolean();
        };
    }
}
