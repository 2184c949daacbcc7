package io.tenantry.revocation;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for what a request waits for no longer than it must: few, gone when idle, and in nobody's way at shutdown. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /**
     * A pool that refuses work rather than let it pile up.
     *
     * @param prefix of the threads' names
     * @param threads how many at most
     * @param waiting how much work may wait for one of them; 0 for none
     */
    public static ExecutorService pool(String prefix, int threads, int waiting) {
        AtomicInteger count = new AtomicInteger();
        BlockingQueue<Runnable> queue = waiting == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(waiting);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, queue, task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
