package io.tenantry.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many requests a second a server with the pack answers, beside one without it. */
record Throughput(Load load, Scale scale) {
    private static final String OURS = "with the pack";
    private static final String STOCK = "without";
    private static final int REQUESTS = 5;

    /**
     * Compares one request after the other.
     *
     * @param realm what the figures are about
     * @param ours on the server with the pack
     * @param stock on the server without
     */
    List<Figure> measure(String realm, Applicant ours, Applicant stock, Target target) {
        List<Figure> figures = new ArrayList<>();
        for (TokenRequest request : TokenRequest.TIMED) {
            Plan plan = scale.plan(200, Duration.ofSeconds(30), REQUESTS);
            List<Round> rounds =
                    new Rounds(load, () -> {}).run(List.of(stock.side(STOCK, request), ours.side(OURS, request)), plan);
            figures.add(Figure.ofRounds(
                    request + ", " + realm + ", throughput, with the pack ÷ without",
                    rounds,
                    round -> round.throughputRatio(OURS, STOCK),
                    target));
            figures.add(perSecond(request, rounds, STOCK, plan));
            figures.add(perSecond(request, rounds, OURS, plan));
        }
        return figures;
    }

    private static Figure perSecond(TokenRequest request, List<Round> rounds, String side, Plan plan) {
        int requests = 2 * Load.CONNECTIONS * plan.requestsPerConnection();
        return Figure.ofRounds(
                "  " + request + ", " + side + ", a second",
                rounds,
                round -> requests * 1e9 / round.of(side),
                Target.NONE);
    }
}
