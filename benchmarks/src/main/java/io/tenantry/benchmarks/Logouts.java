package io.tenantry.benchmarks;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Selector;
import io.tenantry.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** How long a logout takes in a realm with our listener, beside one without: while Redis answers, and while it is down. */
final class Logouts {
    private static final String OURS = "with the listener";
    private static final String STOCK = "without";
    private static final Target UP = Target.atMost(1.05);
    private static final Target DOWN = Target.atMost(1.10);
    private static final int REQUESTS = 10;

    private final Stack stack;
    private final EndingRealm ours;
    private final EndingRealm stock;
    private final Load load;
    private final Scale scale;

    Logouts(Stack stack, EndingRealm ours, EndingRealm stock, Load load, Scale scale) {
        this.stack = stack;
        this.ours = ours;
        this.stock = stock;
        this.load = load;
        this.scale = scale;
    }

    void measure(List<Figure> figures) {
        RedisKeys keys = new RedisKeys(RedisKeys.DEFAULT_PREFIX, ours.name());
        try (RedisClient redis = RedisClient.create(stack.redis().uri())) {
            measure("Redis up", UP, figures, sid -> {
                if (!redis.exists(keys.cutoff(Selector.sid(sid)))) {
                    throw new BenchmarkException("a logout was answered before Redis knew of it");
                }
            });
        }
        stack.redis().stop();
        try {
            measure("Redis down", DOWN, figures, sid -> {});
        } finally {
            stack.redis().start();
        }
    }

    private void measure(String when, Target target, List<Figure> figures, Consumer<String> check) {
        // More than a round of both batches can use, so that no one signs in while a clock runs
        Queue<EndingRealm.Session> ofOurs = new ConcurrentLinkedQueue<>();
        Queue<EndingRealm.Session> ofStock = new ConcurrentLinkedQueue<>();
        int batch = REQUESTS * Load.CONNECTIONS;
        Rounds rounds = new Rounds(load, () -> {
            fill(ours, ofOurs, batch);
            fill(stock, ofStock, batch);
        });
        List<Round> done = rounds.run(
                List.of(
                        new Side(STOCK, connections(stock, ofStock), sid -> {}),
                        new Side(OURS, connections(ours, ofOurs), check)),
                scale.plan(100, Duration.ofSeconds(100), REQUESTS));
        figures.add(Figure.ofRounds(
                "logout, " + when + ", time, with the listener ÷ without",
                done,
                round -> round.timeRatio(OURS, STOCK),
                target));
        for (String side : List.of(STOCK, OURS)) {
            figures.add(Figure.ofRounds(
                    "  " + side + ", " + when + ", ms",
                    done,
                    round -> round.of(side) / 1e6 / (2 * REQUESTS),
                    Target.NONE));
        }
    }

    private static void fill(EndingRealm realm, Queue<EndingRealm.Session> sessions, int count) {
        while (sessions.size() < count) {
            sessions.add(realm.signIn());
        }
    }

    private static List<Source> connections(EndingRealm realm, Queue<EndingRealm.Session> sessions) {
        return Stream.<Source>generate(() -> () -> {
                    EndingRealm.Session session = sessions.poll();
                    if (session == null) {
                        throw new BenchmarkException("too few have signed in");
                    }
                    realm.signOut(session);
                    return session.sid();
                })
                .limit(Load.CONNECTIONS)
                .toList();
    }
}
