package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.RevocationPublisher.Published;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Publishes while a request waits, for no longer than its timeout. The wait is the request's own; the call is made on
 * another thread, because connecting, logging in, following a redirect and reading each have a timeout of their own, and
 * together they would exceed it.
 */
public final class PromptPublisher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PromptPublisher.class);
    private static final int MAX_THREADS = 8;
    private static final int MAX_WAITING = 256;

    private final RevocationPublisher publisher;
    private final CircuitBreaker breaker;
    private final Duration timeout;
    private final RevocationMetrics metrics;
    private final ThreadPoolExecutor executor;

    public PromptPublisher(
            RevocationPublisher publisher, CircuitBreaker breaker, Duration timeout, RevocationMetrics metrics) {
        this.publisher = publisher;
        this.breaker = breaker;
        this.timeout = timeout;
        this.metrics = metrics;
        AtomicInteger count = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "tenantry-publisher-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** How the revocations have been published; empty if not, or not in time: the drainer sees to them then. */
    public Optional<Published> publish(String realm, List<Revocation> revocations) {
        if (breaker.isOpen()) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        Optional<Published> published = publishNow(realm, revocations);
        metrics.waited(Duration.ofNanos(System.nanoTime() - start), published.isPresent());
        return published;
    }

    private Optional<Published> publishNow(String realm, List<Revocation> revocations) {
        Future<Published> call;
        try {
            call = executor.submit(() -> publisher.publish(realm, revocations));
        } catch (RejectedExecutionException e) {
            return failed(e);
        }
        try {
            return Optional.of(call.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            call.cancel(true);
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What the publisher has of a realm; empty if it does not answer in time. Asked whatever the breaker says. */
    public Optional<RevocationPublisher.DataSet> inspect(String realm) {
        Future<RevocationPublisher.DataSet> call;
        try {
            call = executor.submit(() -> publisher.inspect(realm));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(call.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException e) {
            call.cancel(true);
            LOG.debugf("The publisher cannot be asked: %s", reason(e.getCause() == null ? e : e.getCause()));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Published> failed(Throwable cause) {
        String reason = reason(cause);
        if (breaker.failed(reason)) {
            LOG.warnf(
                    "Revocations are not published while requests wait until the publisher answers again;"
                            + " they stay in the table and are published then: %s",
                    reason);
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
