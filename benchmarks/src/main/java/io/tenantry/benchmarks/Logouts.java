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

/**
 * How long a logout takes in a realm with our listener, beside one without: while Redis answers, and while it is down; one
 * at a time, and as many at a time as keep every processor busy.
 */
final class Logouts {
    private static final String OURS = "with the listener";
    private static final String STOCK = "without";
    private static final Target UP = Target.atMost(1.25);
    private static final Target DOWN = Target.atMost(1.13);
    private static final int REQUESTS = 10;
    private static final List<Integer> CONNECTIONS = List.of(1, Load.CONNECTIONS);

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
            for (int connections : CONNECTIONS) {
                measure("Redis up", connections, UP, figures, sid -> {
                    if (!redis.exists(keys.cutoff(Selector.sid(sid)))) {
                        throw new BenchmarkException("a logout was answered before Redis knew of it");
                    }
                });
            }
        }
        stack.redis().stop();
        try {
            for (int connections : CONNECTIONS) {
                measure("Redis down", connections, DOWN, figures, sid -> {});
            }
        } finally {
            stack.redis().start();
        }
    }

    private void measure(String redis, int connections, Target target, List<Figure> figures, Consumer<String> check) {
        String when = redis + ", " + connections + " at a time";
        // More than a round of both batches can use, so that no one signs in while a clock runs
        Queue<EndingRealm.Session> ofOurs = new ConcurrentLinkedQueue<>();
        Queue<EndingRealm.Session> ofStock = new ConcurrentLinkedQueue<>();
        int batch = REQUESTS * connections;
        Rounds rounds = new Rounds(load, () -> {
            fill(ours, ofOurs, batch);
            fill(stock, ofStock, batch);
        });
        List<Round> done = rounds.run(
                List.of(
                        new Side(STOCK, sources(stock, ofStock, connections), sid -> {}),
                        new Side(OURS, sources(ours, ofOurs, connections), check)),
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

    private static List<Source> sources(EndingRealm realm, Queue<EndingRealm.Session> sessions, int connections) {
        return Stream.<Source>generate(() -> () -> {
                    EndingRealm.Session session = sessions.poll();
                    if (session == null) {
                        throw new BenchmarkException("too few have signed in");
                    }
                    realm.signOut(session);
                    return session.sid();
                })
                .limit(connections)
                .toList();
    }
}
