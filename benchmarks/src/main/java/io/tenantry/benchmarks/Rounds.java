package io.tenantry.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Interleaves sides in small rounds. A round runs every side once in order and once in reverse order, so that what slows
 * the machine steadily while it lasts adds the same to each; the side that begins changes from round to round.
 */
final class Rounds {
    private final Load load;
    private final Runnable beforeBatch;

    /**
     * @param beforeBatch what is done before each batch, outside of its time
     */
    Rounds(Load load, Runnable beforeBatch) {
        this.load = load;
        this.beforeBatch = beforeBatch;
    }

    List<Round> run(List<Side> sides, Plan plan) {
        long warm = System.nanoTime();
        for (int round = 0; System.nanoTime() - warm < plan.warmUp().toNanos(); round++) {
            round(order(sides, round), plan);
        }
        List<Round> rounds = new ArrayList<>();
        long begin = System.nanoTime();
        while (rounds.size() < plan.rounds()
                && System.nanoTime() - begin < plan.atMost().toNanos()) {
            rounds.add(round(order(sides, rounds.size()), plan));
        }
        if (rounds.size() < plan.leastRounds()) {
            throw new BenchmarkException("only " + rounds.size() + " rounds fitted into "
                    + plan.atMost().toSeconds() + " s, " + plan.leastRounds() + " are needed");
        }
        return rounds;
    }

    private Round round(List<Side> order, Plan plan) {
        Map<String, Long> nanos = new HashMap<>();
        for (Side side : order) {
            beforeBatch.run();
            nanos.merge(side.name(), load.run(side, plan.requestsPerConnection()), Long::sum);
        }
        return new Round(nanos);
    }

    /** Forth and back, begun at another side each time. */
    static List<Side> order(List<Side> sides, int round) {
        List<Side> forth = new ArrayList<>(sides);
        Collections.rotate(forth, round);
        List<Side> order = new ArrayList<>(forth);
        Collections.reverse(forth);
        order.addAll(forth);
        return order;
    }
}
