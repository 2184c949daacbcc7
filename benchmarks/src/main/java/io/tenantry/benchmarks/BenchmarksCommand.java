package io.tenantry.benchmarks;

import io.tenantry.stack.Database;
import io.tenantry.stack.Progress;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.RedisClient;

/** Starts the servers, measures everything on them, and prints the table. */
@Command(
        name = "tenantry-benchmarks",
        description = "Measures Tenantry beside stock Keycloak, on this machine.",
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
        List<Figure> figures = new ArrayList<>();
        Stack stack = closedAtTheEnd(new StackSettings()
                .progress(progress)
                .database(Database.POSTGRES)
                .realms(StackHome.find().realms())
                .build());
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
        Site ours = Site.of(stack, new Http());
        if (parts.stream().anyMatch(Part::besideStock)) {
            Stack published = closedAtTheEnd(new StackSettings()
                    .withoutPack()
                    .progress(progress)
                    .database(Database.POSTGRES)
                    .build());
            try (published) {
                published.keycloak().start();
                TwoServers.measure(
                        ours, Site.of(published, ours.http()), warnAbove, load, scale, progress, parts, figures);
            }
        }
        if (parts.contains(Part.PASSWORDS)) {
            progress.started("Password changes" + Machine.load());
            new PasswordChanges(ours.admin(), load, scale).measure(figures);
        }
        if (parts.stream().anyMatch(EnumSet.of(Part.LOGOUTS, Part.BACKLOG, Part.MEMORY)::contains)) {
            measureRevocations(ours, load, scale, progress, figures);
        }
        if (parts.contains(Part.REALMS)) {
            measureRealms(ours, scale, progress, figures);
        }
        progress.started("Done" + Machine.load());
    }

    /** A Ctrl-C must not leave processes behind. */
    private static Stack closedAtTheEnd(Stack stack) {
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
        return stack;
    }

    private void measureRevocations(Site site, Load load, Scale scale, Progress progress, List<Figure> figures) {
        Stack stack = site.stack();
        EndingRealm listening = EndingRealm.create(site, "ending", true);
        if (parts.contains(Part.LOGOUTS)) {
            progress.started("From a logout to the verifier" + Machine.load());
            new Propagation(stack, listening, scale).measure(figures);
            progress.started("Logouts" + Machine.load());
            EndingRealm silent = EndingRealm.create(site, "silent", false);
            new Logouts(stack, listening, silent, load, scale).measure(figures);
        }
        if (parts.contains(Part.BACKLOG)) {
            progress.started("Backlog, heal and memory" + Machine.load());
            new Backlog(stack, listening, scale).measure(figures);
        }
        if (parts.contains(Part.MEMORY)) {
            progress.started("Memory at low rates" + Machine.load());
            EndingRealm slowly = EndingRealm.create(site, "slowly", true);
            try (RedisClient redis = RedisClient.create(stack.redis().uri())) {
                new MemoryAtRates(site, slowly, redis, scale).measure(figures);
            }
        }
    }

    /** On a server of its own, which has the other's Redis far away. */
    private static void measureRealms(Site near, Scale scale, Progress progress, List<Figure> figures) {
        URI redisUri = near.stack().redis().uri();
        try (FarRedis redis = new FarRedis(redisUri, ManyRealms.ROUND_TRIP);
                Stack far = closedAtTheEnd(new StackSettings()
                        .progress(progress)
                        .database(Database.POSTGRES)
                        .redisUri(redis.uri())
                        .build());
                RedisClient client = RedisClient.create(redisUri)) {
            far.start();
            EndingRealm model = EndingRealm.create(Site.of(far, near.http()), "many", true);
            progress.started("Many realms, and Redis far away" + Machine.load());
            new ManyRealms(far, model, client, scale).measure(figures);
        }
    }
}
