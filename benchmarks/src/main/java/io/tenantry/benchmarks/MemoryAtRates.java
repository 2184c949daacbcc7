package io.tenantry.benchmarks;

import io.tenantry.contract.RedisKeys;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/**
 * What a live revocation needs of a realm's stream where they come one by one, with watermarks in between: many realms at
 * one a minute each, beside one at one a second. A burst is what {@link Backlog} measures.
 */
final class MemoryAtRates {
    /** One of them is written to each second, so that each has one a minute. */
    private static final int SLOW = 60;

    private final EndingRealm model;
    private final RevocationTable table;
    private final RedisClient redis;
    private final Duration lasting;

    MemoryAtRates(Site site, EndingRealm model, RedisClient redis, Scale scale) {
        this.model = model;
        this.table = new RevocationTable(site.stack().postgres());
        this.redis = redis;
        this.lasting = scale == Scale.FULL ? Duration.ofMinutes(20) : Duration.ofSeconds(70);
    }

    void measure(List<Figure> figures) {
        table.copyRealm(model.name(), 1, SLOW);
        List<String> slow = IntStream.rangeClosed(1, SLOW)
                .mapToObj(n -> RevocationTable.copyOf(model.name(), n))
                .toList();
        Watermarks all = new Watermarks(
                redis, Stream.concat(Stream.of(model.name()), slow.stream()).toList());
        while (all.oldest().isEmpty()) {
            Watermarks.pause();
        }
        long seconds = lasting.toSeconds();
        long begin = System.nanoTime();
        for (int second = 0; second < seconds; second++) {
            table.addOne(model.name());
            table.addOne(slow.get(second % SLOW));
            while (System.nanoTime() - begin < Duration.ofSeconds(second + 1).toNanos()) {
                Watermarks.pause();
            }
        }
        long perSlow = seconds / SLOW;
        figures.add(of(
                "one a minute",
                slow.stream()
                        .mapToDouble(realm -> bytes(realm) / perSlow)
                        .average()
                        .orElseThrow(),
                perSlow + " in each of " + SLOW + " realms"));
        figures.add(of("one a second", bytes(model.name()) / seconds, "n = " + seconds));
    }

    private double bytes(String realm) {
        return redis.memoryUsage(new RedisKeys(RedisKeys.DEFAULT_PREFIX, realm).stream(), 0);
    }

    private static Figure of(String rate, double bytes, String detail) {
        return new Figure(
                "bytes of the stream a live revocation, " + rate,
                bytes,
                String.format(Locale.ROOT, "%.0f", bytes),
                detail + "; its key comes on top",
                Target.NONE);
    }
}
