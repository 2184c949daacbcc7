package io.tenantry.benchmarks;

import io.tenantry.stack.Database;
import io.tenantry.stack.Progress;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a server, measures everything on it, and prints the table. */
@Command(
        name = "tenantry-benchmarks",
        description = "Measures Tenantry beside stock Keycloak, on one server of this machine.",
        mixinStandardHelpOptions = true)
final class BenchmarksCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "a few rounds, to see that it works; the figures say nothing")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "measure no more than this: ${COMPLETION-CANDIDATES}")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--warn-above",
            defaultValue = "1024",
            description = "the bytes from which our side warns of a token; by default as realm-config has it")
    private int warnAbove;

    /** 0 if every target was met, 1 if not. */
    @Override
    public Integer call() {
        PrintStream out = System.out;
        Progress progress = Progress.to(out, Clock.systemUTC());
        Stack stack = new StackSettings()
                .progress(progress)
                .database(Database.POSTGRES)
                .realms(StackHome.find().realms())
                .build();
        // Before anything is started: a Ctrl-C meanwhile must not leave processes behind
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
        List<Figure> figures = new ArrayList<>();
        try (stack;
                Load load = new Load()) {
            stack.start();
            measure(stack, load, progress, figures);
        } finally {
            // As far as it came
            out.println();
            new Table(figures).print(out);
        }
        return figures.stream().allMatch(Figure::met) ? 0 : 1;
    }

    private void measure(Stack stack, Load load, Progress progress, List<Figure> figures) {
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        Http http = new Http();
        Admin admin = new Admin(stack.keycloak(), http);
        LendersRealm realm = LendersRealm.create(stack.keycloak(), admin, http);
        Client ours = realm.ourClient("ours", LendersRealm.ES256, true, warnAbove);
        Client stock = realm.stockClient("stock", LendersRealm.ES256, true);
        if (parts.contains(Part.SIZES)) {
            progress.started("Token sizes" + machine());
            figures.addAll(new TokenSizes(stack.keycloak().baseUri(), http, realm).measure());
        }
        if (parts.contains(Part.THROUGHPUT)) {
            String user = "single@brokers.example";
            realm.member(user, "Sina", "Single");
            Throughput throughput = new Throughput(load, ours, stock, scale);
            progress.started("Throughput of refreshes" + machine());
            figures.addAll(throughput.refreshes(user));
            progress.started("Throughput of client credentials" + machine());
            figures.addAll(throughput.clientCredentials());
        }
        if (parts.contains(Part.PASSWORDS)) {
            progress.started("Password changes" + machine());
            new PasswordChanges(admin, load, scale).measure(figures);
        }
        if (parts.contains(Part.MEMBERSHIPS)) {
            progress.started("Making " + scale.tenants() + " tenants" + machine());
            ManyTenants many = new ManyTenants(realm, new Memberships(stack.postgres()), load, ours, stock, scale);
            many.prepare();
            progress.started("Refreshes of a member of " + scale.tenants() + " tenants" + machine());
            many.measure(figures);
        }
        if (parts.contains(Part.LOGOUTS) || parts.contains(Part.BACKLOG)) {
            measureRevocations(stack, admin, http, load, scale, progress, figures);
        }
        progress.started("Done" + machine());
    }

    private void measureRevocations(
            Stack stack, Admin admin, Http http, Load load, Scale scale, Progress progress, List<Figure> figures) {
        EndingRealm listening = EndingRealm.create(stack.keycloak(), admin, http, "ending", true);
        if (parts.contains(Part.LOGOUTS)) {
            progress.started("From a logout to the verifier" + machine());
            new Propagation(stack, listening, scale).measure(figures);
            progress.started("Logouts" + machine());
            EndingRealm silent = EndingRealm.create(stack.keycloak(), admin, http, "silent", false);
            new Logouts(stack, listening, silent, load, scale).measure(figures);
        }
        if (parts.contains(Part.BACKLOG)) {
            progress.started("Backlog, heal and memory" + machine());
            new Backlog(stack, listening, scale).measure(figures);
        }
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                " (load average %.2f, %d processors)",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
    }
}
