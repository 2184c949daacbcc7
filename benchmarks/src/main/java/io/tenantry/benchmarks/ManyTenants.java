package io.tenantry.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long a refresh takes for a member of many tenants, as a multiple of that for a member of one: on the server with the
 * pack, and through stock's mappers on the server without.
 */
final class ManyTenants {
    private static final String ONE = "one@brokers.example";
    private static final String MANY = "many@brokers.example";
    private static final String LEAN = "ours with realm-config's scopes";
    private static final String OURS = "ours with stock's default scopes";
    private static final String STOCK = "stock";
    private static final String ALIAS = "lender-";
    private static final int REQUESTS = 2;
    private static final Target TARGET = Target.atMost(1.5);

    private final Lenders ours;
    private final Lenders stock;
    private final Client lean;
    private final Load load;
    private final Scale scale;

    /**
     * One of the two servers.
     *
     * @param client with stock's default scopes
     */
    record Lenders(Site site, LendersRealm realm, Client client) {
        private void prepare(int others) {
            realm.member(ONE, "Otto", "Single");
            String many = realm.member(MANY, "Mina", "Several");
            realm.otherTenants(ALIAS, others);
            new Memberships(site.stack().postgres()).join(many, ALIAS, others);
            realm.forgetUsers();
        }
    }

    ManyTenants(Lenders ours, Lenders stock, Load load, Scale scale) {
        this.ours = ours;
        this.stock = stock;
        this.lean = ours.realm().leanClient("lean");
        this.load = load;
        this.scale = scale;
    }

    /** Makes the tenants and both members, who have the same role at the same lender. */
    void prepare() {
        ours.prepare(scale.tenants() - 1);
        stock.prepare(scale.tenants() - 1);
    }

    /** Of refreshes where the server knows the user, then where it does not; both members refresh for one lender. */
    void measure(List<Figure> figures) {
        List<Side> sides = List.of(
                side(LEAN + ONE, lean, ONE, TokenFacts.OURS),
                side(OURS + ONE, ours.client(), ONE, TokenFacts.OURS),
                side(STOCK + ONE, stock.client(), ONE, TokenFacts.STOCK),
                side(LEAN + MANY, lean, MANY, TokenFacts.OURS),
                side(OURS + MANY, ours.client(), MANY, TokenFacts.OURS),
                side(STOCK + MANY, stock.client(), MANY, TokenFacts.STOCK));
        List<Round> known =
                new Rounds(load, () -> {}).run(sides, scale.slowPlan(100, Duration.ofSeconds(60), REQUESTS));
        figures.addAll(figures("", TARGET, known, 2 * REQUESTS * Load.CONNECTIONS, Load.CONNECTIONS));
        Rounds forgetting = new Rounds(load, () -> {
            ours.realm().forgetUsers();
            stock.realm().forgetUsers();
        });
        List<Round> forgotten =
                forgetting.run(sides.stream().map(Side::alone).toList(), scale.slowestPlan(10, Duration.ofSeconds(45)));
        figures.addAll(figures(", user not in the cache", Target.NONE, forgotten, 2, 1));
    }

    private List<Figure> figures(String when, Target target, List<Round> rounds, int requests, int connections) {
        return Stream.of(LEAN, OURS, STOCK)
                .flatMap(client -> Stream.of(
                        Figure.ofRounds(
                                "refresh" + when + ", member of " + scale.tenants() + " ÷ of 1, time, " + client,
                                rounds,
                                round -> round.timeRatio(client + MANY, client + ONE),
                                client.equals(LEAN) ? target : Target.NONE),
                        millis("  member of 1, ms", client + ONE, rounds, requests, connections),
                        millis(
                                "  member of " + scale.tenants() + ", ms",
                                client + MANY,
                                rounds,
                                requests,
                                connections)))
                .toList();
    }

    private static Figure millis(String what, String side, List<Round> rounds, int requests, int connections) {
        return Figure.ofRounds(what, rounds, round -> round.of(side) / 1e6 * connections / requests, Target.NONE);
    }

    private static Side side(String name, Client client, String username, TokenFacts facts) {
        return new Applicant(client, username, LendersRealm.SCOPE, facts).side(name, TokenRequest.REFRESH);
    }
}
