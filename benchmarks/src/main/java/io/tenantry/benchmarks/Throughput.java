package io.tenantry.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How many tokens a second our mapper lets through, beside stock's own organization mappers. */
final class Throughput {
    private static final String OURS = "ours";
    private static final String STOCK = "stock";
    private static final Target TARGET = Target.atLeast(0.97);

    private final Load load;
    private final Client ours;
    private final Client stock;
    private final Scale scale;

    Throughput(Load load, Client ours, Client stock, Scale scale) {
        this.load = load;
        this.ours = ours;
        this.stock = stock;
        this.scale = scale;
    }

    List<Figure> refreshes(String username) {
        return measure(
                "refresh",
                () -> ours.refreshing(username, LendersRealm.PASSWORD, LendersRealm.TENANT),
                () -> stock.refreshing(username, LendersRealm.PASSWORD, LendersRealm.TENANT),
                scale.plan(80, Duration.ofSeconds(60), 10));
    }

    List<Figure> clientCredentials() {
        return measure(
                "client credentials",
                () -> ours.ownAccount(LendersRealm.TENANT),
                () -> stock.ownAccount(LendersRealm.TENANT),
                scale.plan(100, Duration.ofSeconds(50), 10));
    }

    private List<Figure> measure(String what, Supplier<Source> ofOurs, Supplier<Source> ofStock, Plan plan) {
        List<Side> sides = List.of(side(STOCK, ofStock, TokenFacts.STOCK), side(OURS, ofOurs, TokenFacts.OURS));
        List<Round> rounds = new Rounds(load, () -> {}).run(sides, plan);
        return List.of(
                Figure.ofRounds(
                        what + ", throughput, ours ÷ stock",
                        rounds,
                        round -> round.throughputRatio(OURS, STOCK),
                        TARGET),
                perSecond(what, rounds, STOCK, plan),
                perSecond(what, rounds, OURS, plan));
    }

    private static Figure perSecond(String what, List<Round> rounds, String side, Plan plan) {
        int requests = 2 * Load.CONNECTIONS * plan.requestsPerConnection();
        return Figure.ofRounds(
                "  " + what + ", " + side + ", tokens a second",
                rounds,
                round -> requests * 1e9 / round.of(side),
                Target.NONE);
    }

    private static Side side(String name, Supplier<Source> source, TokenFacts facts) {
        return Side.ofTokens(
                name,
                Stream.generate(source).limit(Load.CONNECTIONS).toList(),
                facts,
                LendersRealm.TENANT,
                LendersRealm.ROLE);
    }
}
