package io.tenantry.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends batches of requests, one thread a connection. */
final class Load implements AutoCloseable {
    /** The most connections at a time. */
    static final int CONNECTIONS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    /** Sends a batch, and looks at every answer after the clock has stopped; returns its nanoseconds. */
    long run(Side side, int requestsPerConnection) {
        List<Callable<List<String>>> connections = side.connections().stream()
                .<Callable<List<String>>>map(source -> () -> ask(source, requestsPerConnection))
                .toList();
        long begin = System.nanoTime();
        List<String> answers = all(connections);
        long took = System.nanoTime() - begin;
        answers.forEach(side.check());
        return took;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static List<String> ask(Source source, int times) {
        List<String> answers = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            answers.add(source.next());
        }
        return answers;
    }

    private List<String> all(List<Callable<List<String>>> connections) {
        try {
            List<String> answers = new ArrayList<>();
            for (Future<List<String>> connection : threads.invokeAll(connections)) {
                answers.addAll(connection.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new BenchmarkException("a request of a batch failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }
}
