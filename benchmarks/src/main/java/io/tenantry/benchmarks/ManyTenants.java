package io.tenantry.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long a refresh takes for a member of many tenants, as a multiple of that for a member of one. */
final class ManyTenants {
    private static final String ONE = "one@brokers.example";
    private static final String MANY = "many@brokers.example";
    private static final String LEAN = "ours with realm-config's scopes";
    private static final String OURS = "ours with stock's default scopes";
    private static final String STOCK = "stock";
    private static final String ALIAS = "lender-";
    private static final int REQUESTS = 2;
    private static final Target TARGET = Target.atMost(1.5);

    private final LendersRealm realm;
    private final Memberships memberships;
    private final Load load;
    private final Client lean;
    private final Client ours;
    private final Client stock;
    private final Scale scale;

    ManyTenants(LendersRealm realm, Memberships memberships, Load load, Client ours, Client stock, Scale scale) {
        this.realm = realm;
        this.memberships = memberships;
        this.load = load;
        this.lean = realm.leanClient("lean");
        this.ours = ours;
        this.stock = stock;
        this.scale = scale;
    }

    /** Makes the tenants and both members, who have the same role at the same lender. */
    void prepare() {
        realm.member(ONE, "Otto", "Single");
        String many = realm.member(MANY, "Mina", "Several");
        int others = scale.tenants() - 1;
        for (int i = 0; i < others; i++) {
            realm.otherTenant(ALIAS + i);
        }
        memberships.join(many, ALIAS, others);
        realm.forgetUsers();
    }

    /** Of refreshes where the server knows the user, then where it does not; both members refresh for one lender. */
    void measure(List<Figure> figures) {
        List<Side> sides = List.of(
                side(LEAN + ONE, lean, ONE, TokenFacts.OURS),
                side(OURS + ONE, ours, ONE, TokenFacts.OURS),
                side(STOCK + ONE, stock, ONE, TokenFacts.STOCK),
                side(LEAN + MANY, lean, MANY, TokenFacts.OURS),
                side(OURS + MANY, ours, MANY, TokenFacts.OURS),
                side(STOCK + MANY, stock, MANY, TokenFacts.STOCK));
        List<Round> known =
                new Rounds(load, () -> {}).run(sides, scale.slowPlan(100, Duration.ofSeconds(60), REQUESTS));
        figures.addAll(figures("", TARGET, known, 2 * REQUESTS * Load.CONNECTIONS, Load.CONNECTIONS));
        List<Round> forgotten = new Rounds(load, realm::forgetUsers)
                .run(sides.stream().map(Side::alone).toList(), scale.slowestPlan(10, Duration.ofSeconds(45)));
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
        return Side.ofTokens(
                name,
                Stream.generate(() -> client.refreshing(username, LendersRealm.PASSWORD, LendersRealm.TENANT))
                        .limit(Load.CONNECTIONS)
                        .toList(),
                facts,
                LendersRealm.TENANT,
                LendersRealm.ROLE);
    }
}
