package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.RevocationPublisher.Published;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes while a request waits, for no longer than its timeout. Where a connection stands, the request's thread asks
 * itself. Otherwise the call is made on another, because connecting, logging in, following a redirect and reading each have
 * a timeout of their own, and together they would exceed it.
 */
public final class PromptPublisher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PromptPublisher.class);
    private static final int MAX_THREADS = 8;
    private static final int MAX_WAITING = 256;

    private final RevocationPublisher publisher;
    private final RealmBreakers breakers;
    private final Duration timeout;
    private final RevocationMetrics metrics;
    private final ExecutorService executor;
    private final AtomicInteger direct = new AtomicInteger();

    public PromptPublisher(
            RevocationPublisher publisher, RealmBreakers breakers, Duration timeout, RevocationMetrics metrics) {
        this.publisher = publisher;
        this.breakers = breakers;
        this.timeout = timeout;
        this.metrics = metrics;
        this.executor = DaemonThreads.pool("tenantry-publisher-", MAX_THREADS, MAX_WAITING);
    }

    /** How the revocations have been published; empty if not, or not in time: the drainer sees to them then. */
    public Optional<Published> publish(String realm, List<Revocation> revocations) {
        if (breakers.isOpen(realm)) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        Optional<Published> published = publishNow(realm, revocations);
        metrics.waited(Duration.ofNanos(System.nanoTime() - start), published.isPresent());
        return published;
    }

    private Optional<Published> publishNow(String realm, List<Revocation> revocations) {
        int callers = direct.incrementAndGet();
        try {
            if (publisher.waitsForOneAnswer(revocations.size(), callers)) {
                return Optional.of(publisher.publish(realm, revocations));
            }
        } catch (RuntimeException e) {
            open(realm, e);
            return Optional.empty();
        } finally {
            direct.decrementAndGet();
        }
        return inTime(() -> publisher.publish(realm, revocations), cause -> open(realm, cause));
    }

    private void open(String realm, Throwable cause) {
        String reason = reason(cause);
        if (breakers.failed(realm, reason, reach(cause))) {
            LOG.warnf(
                    "Revocations of realm %s are not published while requests wait until the publisher answers again;"
                            + " they stay in the table and are published then: %s",
                    realm, reason);
        }
    }

    private PublishException.Reach reach(Throwable cause) {
        if (cause instanceof PublishException told) {
            return told.reach();
        }
        return cause instanceof TimeoutException && publisher.failsAsOne()
                ? PublishException.Reach.EVERY_REALM
                : PublishException.Reach.REALM;
    }

    /** What the publisher has of a realm; empty if it does not answer in time. Asked whatever the breaker says. */
    public Optional<RevocationPublisher.DataSet> inspect(String realm) {
        return inTime(
                () -> publisher.inspect(realm),
                cause -> LOG.debugf("The publisher cannot be asked: %s", reason(cause)));
    }

    private <T> Optional<T> inTime(Callable<T> question, Consumer<Throwable> onFailure) {
        @Nullable Future<T> call = null;
        try {
            call = executor.submit(question);
            return Optional.of(call.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            onFailure.accept(e.getCause() == null ? e : e.getCause());
        } catch (RejectedExecutionException | TimeoutException e) {
            if (call != null) {
                call.cancel(true);
            }
            onFailure.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private String reason(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "no answer within " + timeout.toMillis() + " ms";
        }
        // The rest is a flaw of ours, whose kind matters
        return cause instanceof PublishException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
