package io.tenantry.benchmarks;

import java.time.Duration;
import java.util.List;

/** How long a password change takes where its rules are a lender's, beside the same rules as stock has them. */
final class PasswordChanges {
    private static final String OURS = "lender's rules";
    private static final String STOCK = "realm's rules";
    private static final Target TARGET = Target.atMost(1.05);

    private final Admin admin;
    private final Load load;
    private final Scale scale;

    PasswordChanges(Admin admin, Load load, Scale scale) {
        this.admin = admin;
        this.load = load;
        this.scale = scale;
    }

    /** With the hashing that stock has by default, and with as good as none, which shows what the rules themselves cost. */
    void measure(List<Figure> figures) {
        measure("", "", scale.plan(60, Duration.ofMinutes(2), 4), TARGET, figures);
        measure(
                ", next to no hashing",
                PolicyRealm.CHEAP_HASH,
                scale.plan(80, Duration.ofSeconds(50), 10),
                Target.NONE,
                figures);
    }

    private void measure(String how, String hash, Plan plan, Target target, List<Figure> figures) {
        String suffix = hash.isEmpty() ? "" : "-cheap";
        List<Side> sides = List.of(
                side(STOCK, PolicyRealm.ofRealm(admin, "policy-stock" + suffix, hash)),
                side(OURS, PolicyRealm.ofLender(admin, "policy-ours" + suffix, hash)));
        List<Round> rounds = new Rounds(load, admin::renew).run(sides, plan);
        figures.add(Figure.ofRounds(
                "password change" + how + ", time, lender's rules ÷ realm's in stock",
                rounds,
                round -> round.timeRatio(OURS, STOCK),
                target));
        int requests = 2 * Load.CONNECTIONS * plan.requestsPerConnection();
        for (Side side : sides) {
            figures.add(Figure.ofRounds(
                    "  " + side.name() + how + ", ms",
                    rounds,
                    round -> round.of(side.name()) / 1e6 * Load.CONNECTIONS / requests,
                    Target.NONE));
        }
    }

    private static Side side(String name, PolicyRealm realm) {
        return new Side(name, realm.changes(), changed -> {});
    }
}
