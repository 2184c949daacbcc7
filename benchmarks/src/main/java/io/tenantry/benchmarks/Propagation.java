package io.tenantry.benchmarks;

import io.tenantry.stack.Stack;
import io.tenantry.verifier.RevocationCheck.Answer;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** How long after a logout was answered a service still accepts the session's token: it follows Redis as they do. */
final class Propagation {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = 20_000;

    private final Stack stack;
    private final EndingRealm realm;
    private final int logouts;

    Propagation(Stack stack, EndingRealm realm, Scale scale) {
        this.stack = stack;
        this.realm = realm;
        this.logouts = scale == Scale.FULL ? 2_000 : 50;
    }

    void measure(List<Figure> figures) {
        List<Double> millis = new ArrayList<>();
        try (RevocationReplica replica = RevocationReplica.start(
                ReplicaSettings.forRealm(stack.redis().uri(), realm.name()).build())) {
            if (!replica.awaitFresh(PATIENCE)) {
                throw new BenchmarkException("the verifier did not become fresh within " + PATIENCE);
            }
            for (int i = 0; i < logouts; i++) {
                EndingRealm.Session session = realm.signIn();
                if (refuses(replica, session)) {
                    throw new BenchmarkException("a token was refused before its session ended");
                }
                realm.signOut(session);
                millis.add(untilRefused(replica, session) / 1e6);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
        millis.sort(Double::compare);
        long known = millis.stream().filter(each -> each == 0).count();
        String detail = String.format(
                Locale.ROOT,
                "n = %d, already known for %.1f %% of them, the slowest %.2f ms",
                logouts,
                100.0 * known / logouts,
                millis.get(logouts - 1));
        figures.add(of("p50", millis.get(logouts / 2), detail, Target.atMost(0)));
        figures.add(of("p99", millis.get(logouts * 99 / 100), detail, Target.atMost(5)));
    }

    private static Figure of(String quantile, double millis, String detail, Target target) {
        return new Figure(
                "from a logout's answer to the verifier's refusal, ms, " + quantile,
                millis,
                String.format(Locale.ROOT, "%.2f", millis),
                detail,
                target);
    }

    private static long untilRefused(RevocationReplica replica, EndingRealm.Session session) {
        if (refuses(replica, session)) {
            return 0;
        }
        long answered = System.nanoTime();
        while (!refuses(replica, session)) {
            if (System.nanoTime() - answered > PATIENCE.toNanos()) {
                throw new BenchmarkException("a token was still accepted " + PATIENCE + " after its logout");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return System.nanoTime() - answered;
    }

    private static boolean refuses(RevocationReplica replica, EndingRealm.Session session) {
        return replica.check(session.token()) instanceof Answer.Revoked;
    }
}
