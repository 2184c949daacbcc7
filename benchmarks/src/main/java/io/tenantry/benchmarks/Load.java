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

    /** Sends a batch, and looks at every token after the clock has stopped; returns its nanoseconds. */
    long run(Side side, int requestsPerConnection) {
        List<Callable<List<String>>> connections = side.connections().stream()
                .<Callable<List<String>>>map(source -> () -> ask(source, requestsPerConnection))
                .toList();
        long begin = System.nanoTime();
        List<String> tokens = all(connections);
        long took = System.nanoTime() - begin;
        tokens.forEach(side::check);
        return took;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static List<String> ask(TokenSource source, int times) {
        List<String> tokens = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            tokens.add(source.next());
        }
        return tokens;
    }

    private List<String> all(List<Callable<List<String>>> connections) {
        try {
            List<String> tokens = new ArrayList<>();
            for (Future<List<String>> connection : threads.invokeAll(connections)) {
                tokens.addAll(connection.get());
            }
            return tokens;
        } catch (ExecutionException e) {
            throw new BenchmarkException("a request of a batch failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }
}
