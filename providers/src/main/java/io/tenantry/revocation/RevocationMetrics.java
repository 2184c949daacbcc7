package io.tenantry.revocation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.RevocationKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators read of the revocations at Keycloak's {@code /metrics}. docs/operations.md says what each means. */
public final class RevocationMetrics {
    private static final String PREFIX = "tenantry.revocations.";

    /** In whose time something was published. */
    public enum Way {
        /** While the request waited. */
        REQUEST,
        /** Later, by the drainer. */
        DRAINER,
        /** Once more, because the data set was lost. */
        HEAL
    }

    private final Clock clock;
    private final Map<RevocationKind, Counter> detected = new EnumMap<>(RevocationKind.class);
    private final Map<Way, Counter> published = new EnumMap<>(Way.class);
    private final Map<Boolean, Timer> waits;
    private final Counter heals;
    private final Map<Boolean, Counter> securityEvents;
    private volatile long pending;
    private volatile @Nullable Instant oldestPending;
    private volatile @Nullable Instant watermark;
    private volatile @Nullable Instant latestWatermark;
    private volatile long unreadable;
    private final Counter strays;

    /** Registers every meter, so that each is there from the start. */
    public RevocationMetrics(MeterRegistry registry, Clock clock, RealmBreakers breakers) {
        this.clock = clock;
        for (RevocationKind kind : RevocationKind.values()) {
            detected.put(
                    kind,
                    Counter.builder(PREFIX + "detected")
                            .description("Revocations committed on this node")
                            .tag("kind", kind.wireName())
                            .register(registry));
        }
        for (Way way : Way.values()) {
            published.put(
                    way,
                    Counter.builder(PREFIX + "published")
                            .description("Revocations that this node has handed to the publisher")
                            .tag("by", way.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        waits = Map.of(true, timer(registry, "published"), false, timer(registry, "failed"));
        heals = Counter.builder(PREFIX + "heals")
                .description("Data sets that this node has published anew")
                .register(registry);
        securityEvents = Map.of(true, securityEvents(registry, "signed"), false, securityEvents(registry, "failed"));
        Gauge.builder(PREFIX + "pending", () -> pending)
                .description("Revocations committed and not known to be published, of all nodes")
                .register(registry);
        Gauge.builder(PREFIX + "oldest.pending.age", () -> age(oldestPending, 0))
                .description("How long the oldest of the pending ones has waited")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(PREFIX + "watermark.age", () -> age(watermark, Double.NaN))
                .description("How old this node's oldest watermark of any realm is")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(PREFIX + "breaker.open", () -> breakers.isAnyOpen() ? 1 : 0)
                .description("1 while requests of a realm do not wait for the publisher, because it failed")
                .register(registry);
        Gauge.builder(PREFIX + "realms.failing", breakers::failing)
                .description("Realms that cannot be published to while others can")
                .register(registry);
        Gauge.builder(PREFIX + "watermark.ahead", this::ahead)
                .description("How far the newest watermark of any realm lies ahead of this node's clock")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(PREFIX + "unreadable", () -> unreadable)
                .description("Live rows of the table that this version cannot read")
                .register(registry);
        strays = Counter.builder(PREFIX + "strays")
                .description("Entries that nobody can read, taken out of streams")
                .register(registry);
    }

    private static Counter securityEvents(MeterRegistry registry, String outcome) {
        return Counter.builder(PREFIX + "security.events")
                .description("Revocations that should carry a Security Event Token, and whether they do")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder(PREFIX + "publish")
                .description("How long requests waited for the publisher")
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    private double age(@Nullable Instant since, double otherwise) {
        // A clock that was set back makes nothing younger than new
        return since == null
                ? otherwise
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0);
    }

    /** Notes what has been committed. */
    public void detected(Collection<Revocation> revocations) {
        for (Revocation revocation : revocations) {
            counter(detected, revocation.selector().kind()).increment();
        }
    }

    /** Notes what has been published. */
    public void published(Way way, long count) {
        counter(published, way).increment((double) count);
    }

    /** Notes that a request has waited for the publisher. */
    public void waited(Duration duration, boolean success) {
        Timer timer = waits.get(success);
        if (timer != null) {
            timer.record(duration);
        }
    }

    /** Notes that a data set was published anew. */
    public void healed(long revocations) {
        heals.increment();
        published(Way.HEAL, revocations);
    }

    /** Notes how many revocations got their Security Event Token, or did not. */
    public void securityEvents(boolean signed, long count) {
        Counter counter = securityEvents.get(signed);
        if (counter != null) {
            counter.increment((double) count);
        }
    }

    /** Notes what waits. */
    public void backlog(long count, @Nullable Instant oldest) {
        pending = count;
        oldestPending = oldest;
    }

    /** Notes the oldest watermark of any realm and the newest; null if none has one. */
    public void watermark(@Nullable Instant oldest, @Nullable Instant newest) {
        watermark = oldest;
        latestWatermark = newest;
    }

    /** Notes how many live rows cannot be read. */
    public void unreadable(long count) {
        unreadable = count;
    }

    /** Notes that entries were taken out of a stream. */
    public void strays(long count) {
        strays.increment((double) count);
    }

    private double ahead() {
        Instant newest = latestWatermark;
        return newest == null
                ? 0
                : Math.max(0, Duration.between(clock.instant(), newest).toMillis() / 1_000.0);
    }

    private static <K extends Enum<K>> Counter counter(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            throw new IllegalStateException("no counter was made for " + key);
        }
        return counter;
    }
}
