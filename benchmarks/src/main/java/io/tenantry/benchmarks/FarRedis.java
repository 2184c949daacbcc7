package io.tenantry.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A Redis of this machine as if it were far away: all that is sent arrives later by half of a round trip. */
final class FarRedis implements AutoCloseable {
    private static final int CHUNK = 65_536;

    private final ServerSocket listening;
    private final URI near;
    private final long halfNanos;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    FarRedis(URI near, Duration roundTrip) {
        this.near = near;
        this.halfNanos = roundTrip.toNanos() / 2;
        try {
            listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new BenchmarkException("no port for a Redis that is far away", e);
        }
        threads.execute(this::accept);
    }

    /** What arrived, and when it may go on; nothing at the end. */
    private record Chunk(ByteBuffer bytes, long dueNanos) {}

    URI uri() {
        return URI.create("redis://localhost:" + listening.getLocalPort());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listening.close();
        } catch (IOException e) {
            throw new BenchmarkException("a port could not be closed", e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(near.getHost(), near.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                forward(client, server);
                forward(server, client);
            } catch (IOException e) {
                // Closed, here or there: whoever asked notices
            }
        }
    }

    private void forward(Socket from, Socket to) {
        BlockingQueue<Chunk> onTheWay = new LinkedBlockingQueue<>();
        threads.execute(() -> {
            try (from) {
                InputStream in = from.getInputStream();
                byte[] buffer = new byte[CHUNK];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    onTheWay.add(
                            new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, read)), System.nanoTime() + halfNanos));
                }
            } catch (IOException e) {
                // The other side has gone
            } finally {
                onTheWay.add(new Chunk(ByteBuffer.allocate(0), System.nanoTime()));
            }
        });
        threads.execute(() -> {
            try (to) {
                OutputStream out = to.getOutputStream();
                for (Chunk next = onTheWay.take(); next.bytes().hasRemaining(); next = onTheWay.take()) {
                    for (long left = next.dueNanos() - System.nanoTime();
                            left > 0;
                            left = next.dueNanos() - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    out.write(next.bytes().array());
                }
            } catch (IOException e) {
                // The other side has gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
