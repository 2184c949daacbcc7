package io.tenantry.it.fault;

import io.tenantry.contract.Selector;
import io.tenantry.it.Exhaustive;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.verifier.TokenIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * People who sign in and whose trust ends, on several threads, while a test breaks something. Every success that was
 * answered is remembered, and so is every failure.
 */
final class Traffic implements AutoCloseable {
    private static final List<Ending> ENDINGS = List.of(Ending.values());

    /** How much of each hundred ends in a build that has minutes. */
    private static final int PERCENT = Exhaustive.of(100, 40);

    private static final int ENDING_THREADS = 4;
    private static final int SIGN_IN_THREADS = 2;
    private static final int REFUSED_EVERY = 10;
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;
    private static final int MAX_FAILURES_KEPT = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestRealm realm;
    private final List<TestClient> clients = new ArrayList<>();
    private final List<TestUser> users = new ArrayList<>();
    private final TestUser stubborn;
    private final ExecutorService threads = Executors.newFixedThreadPool(ENDING_THREADS + SIGN_IN_THREADS);
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger failureCount = new AtomicInteger();
    private final AtomicInteger signIns = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();

    /** Trust that ended, by an answer that said so. */
    record Ended(Selector selector, TokenIdentity token) {}

    /** What breaks or mends something, once so many more were ended. */
    record Fault(int after, Callable<?> event) {
        static Fault after(int count, Step step) {
            return new Fault(count, () -> {
                step.run();
                return count;
            });
        }
    }

    /** May throw. */
    interface Step {
        void run() throws Exception;
    }

    /** In a new realm's client {@code app}. */
    Traffic(TestRealm realm) {
        this.realm = realm;
        // The cheapest hash, because it is not sign-ins that are tested; and a length that a change can fall short of
        realm.update(Map.of("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1) and length(12)"));
        clients.add(realm.publicClient("app"));
        for (int i = 0; i < ENDING_THREADS + SIGN_IN_THREADS; i++) {
            users.add(realm.user("user" + i));
        }
        stubborn = realm.user("stubborn");
    }

    /** Every second thread goes to this node from now on. */
    Traffic alsoThrough(KeycloakServer node) {
        TestClient first = clients.get(0);
        clients.add(new TestClient(realm.through(node), first.id(), first.clientId(), first.secret()));
        return this;
    }

    /**
     * Ends trust so many times more, or fewer, in proportion, where a build is not {@link Exhaustive}, while others sign in.
     * Failures are repeated, so it returns with as many successes.
     */
    void end(int all, Fault... faults) throws Exception {
        int count = share(all);
        int target = ended.size() + count;
        int before = ended.size();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        BooleanSupplier goOn = () -> ended.size() < target && System.nanoTime() - deadline < 0;
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < ENDING_THREADS + SIGN_IN_THREADS; i++) {
            TestClient client = clients.get(i % clients.size());
            TestUser user = onNode(users.get(i), client);
            boolean ends = i < ENDING_THREADS;
            running.add(threads.submit(() -> {
                while (goOn.getAsBoolean()) {
                    attempt(ends, client, user);
                }
            }));
        }
        for (Fault fault : faults) {
            while (ended.size() < before + share(fault.after()) && goOn.getAsBoolean()) {
                Thread.sleep(5);
            }
            fault.event().call();
        }
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new AssertionError("the traffic itself failed", e.getCause());
            }
        }
        if (ended.size() < target) {
            throw new AssertionError("only " + (ended.size() - before) + " of " + count + " within " + PATIENCE
                    + "; failures: " + failures);
        }
    }

    private static int share(int all) {
        return all * PERCENT / 100;
    }

    private static TestUser onNode(TestUser user, TestClient client) {
        return new TestUser(client.realm(), user.id(), user.username());
    }

    private void attempt(boolean ends, TestClient client, TestUser user) {
        int number = attempts.incrementAndGet();
        try {
            Tokens tokens = timed(() -> client.password(user, "openid"));
            if (!ends) {
                signIns.incrementAndGet();
                timed(() -> client.refresh(tokens).accessToken());
                return;
            }
            TokenIdentity token = identity(tokens);
            Ending ending = ENDINGS.get(number % ENDINGS.size());
            Selector selector = timed(() -> ending.end(client, user, tokens));
            ended.add(new Ended(selector, token));
            if (number % REFUSED_EVERY == 0) {
                refuse(client);
            }
        } catch (AssertionError | Exception e) {
            note(e);
            pause();
        }
    }

    /** A change that Keycloak refuses: it rolls back, and no one may learn of it. */
    private void refuse(TestClient client) {
        int status = onNode(stubborn, client).resetPassword("short").statusCode();
        if (status != 400) {
            throw new AssertionError("a password that is too short was answered with " + status);
        }
        refusals.incrementAndGet();
    }

    private <T> T timed(Callable<T> call) throws Exception {
        long start = System.nanoTime();
        T result = call.call();
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        return result;
    }

    private static TokenIdentity identity(Tokens tokens) {
        return TokenIdentity.of(
                Instant.ofEpochSecond(((Number) tokens.accessClaims().get("iat")).longValue()),
                Ending.claim(tokens, "jti"),
                Ending.claim(tokens, "sid"),
                Ending.claim(tokens, "sub"),
                null,
                Ending.claim(tokens, "azp"));
    }

    private void note(Throwable failure) {
        failureCount.incrementAndGet();
        if (failures.size() < MAX_FAILURES_KEPT) {
            failures.add(failure.toString().lines().limit(3).collect(Collectors.joining(" ")));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that ended. */
    List<Ended> ended() {
        return List.copyOf(ended);
    }

    /** Requests that were not answered with success, though they should have been; the first ones, if they are many. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Whose change was always refused. */
    Selector neverRevoked() {
        return Selector.sub(stubborn.id());
    }

    TestRealm realm() {
        return realm;
    }

    /** The figures, for people. */
    String figures() {
        return ended.size() + " ended, " + signIns.get() + " signed in meanwhile, " + refusals.get() + " refused, "
                + failureCount.get() + " failed, slowest answer " + slowestNanos.get() / 1_000_000 + " ms";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
