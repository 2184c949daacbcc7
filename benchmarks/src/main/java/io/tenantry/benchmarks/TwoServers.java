package io.tenantry.benchmarks;

import io.tenantry.stack.Progress;
import java.util.List;
import java.util.Set;

/** A server with the pack and one without, each with a database of its own, and what is compared between them. */
final class TwoServers {
    private static final Target UNUSED = Target.atLeast(0.98);
    private static final Target USED = Target.atLeast(0.95);

    private final Site ours;
    private final Site stock;
    private final Load load;
    private final Scale scale;
    private final Progress progress;
    private final LendersRealm lenders;
    private final LendersRealm stockLenders;
    private final Applicant ofOurs;
    private final Applicant ofStock;

    private TwoServers(Site ours, Site stock, int warnAbove, Load load, Scale scale, Progress progress) {
        this.ours = ours;
        this.stock = stock;
        this.load = load;
        this.scale = scale;
        this.progress = progress;
        List.of(ours, stock).forEach(site -> Statements.rest(site.stack().postgres()));
        lenders = LendersRealm.create(ours);
        lenders.guard();
        stockLenders = LendersRealm.create(stock);
        ofOurs = lenders.ours(warnAbove);
        ofStock = stockLenders.stock();
    }

    /** Measures the parts that compare two servers. */
    static void measure(
            Site ours,
            Site stock,
            int warnAbove,
            Load load,
            Scale scale,
            Progress progress,
            Set<Part> parts,
            List<Figure> figures) {
        TwoServers servers = new TwoServers(ours, stock, warnAbove, load, scale, progress);
        if (parts.contains(Part.SIZES)) {
            progress.started("Token sizes" + Machine.load());
            figures.addAll(new TokenSizes(ours.keycloak().baseUri(), ours.http(), servers.stockLenders).measure());
        }
        if (parts.contains(Part.UNUSED) || parts.contains(Part.ROUND_TRIPS)) {
            servers.unused(parts, figures);
        }
        if (parts.contains(Part.THROUGHPUT)) {
            progress.started("Throughput in a realm that uses the pack" + Machine.load());
            figures.addAll(servers.throughput("in use", servers.ofOurs, servers.ofStock, USED));
        }
        if (parts.contains(Part.ROUND_TRIPS)) {
            progress.started("Round trips in a realm that uses the pack" + Machine.load());
            servers.roundTrips("in use", servers.ofOurs, servers.ofStock, figures);
        }
        if (parts.contains(Part.MEMBERSHIPS)) {
            servers.memberships(parts, figures);
        }
    }

    private void unused(Set<Part> parts, List<Figure> figures) {
        Applicant plain = PlainRealm.applicant(ours);
        Applicant stockPlain = PlainRealm.applicant(stock);
        Applicant holder = LendersRealm.createUnused(ours).stock();
        if (parts.contains(Part.UNUSED)) {
            progress.started("Throughput in a realm without organizations" + Machine.load());
            figures.addAll(throughput("no organizations", plain, stockPlain, UNUSED));
            progress.started("Throughput in a realm with organizations and stock's mappers" + Machine.load());
            figures.addAll(throughput("organizations, pack unused", holder, ofStock, UNUSED));
        }
        if (parts.contains(Part.ROUND_TRIPS)) {
            progress.started("Round trips where the pack is unused" + Machine.load());
            roundTrips("no organizations", plain, stockPlain, figures);
            roundTrips("organizations, pack unused", holder, ofStock, figures);
        }
    }

    private void memberships(Set<Part> parts, List<Figure> figures) {
        progress.started("Making " + scale.tenants() + " tenants on each server" + Machine.load());
        ManyTenants many = new ManyTenants(
                new ManyTenants.Lenders(ours, lenders, ofOurs.client()),
                new ManyTenants.Lenders(stock, stockLenders, ofStock.client()),
                load,
                scale);
        many.prepare();
        if (parts.contains(Part.THROUGHPUT)) {
            progress.started("Throughput in a realm of " + scale.tenants() + " tenants" + Machine.load());
            figures.addAll(throughput("in use, " + scale.tenants() + " tenants", ofOurs, ofStock, USED));
        }
        progress.started("Refreshes of a member of " + scale.tenants() + " tenants" + Machine.load());
        many.measure(figures);
    }

    private List<Figure> throughput(String realm, Applicant withPack, Applicant without, Target target) {
        return new Throughput(load, scale).measure(realm, withPack, without, target);
    }

    private void roundTrips(String realm, Applicant withPack, Applicant without, List<Figure> figures) {
        try (Statements statements = Statements.count(stock.stack().postgres())) {
            figures.addAll(new RoundTrips(statements, scale).measure(realm + ", without", without));
        }
        try (Statements statements = Statements.count(ours.stack().postgres())) {
            figures.addAll(new RoundTrips(statements, scale).measure(realm + ", with the pack", withPack));
        }
    }
}
