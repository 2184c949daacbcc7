package io.tenantry.stack;

import java.time.Duration;

/** The end of patience. Measured on the monotonic clock, as a waiting time is no date. */
final class Deadline {
    private final Duration patience;
    private final long begin = System.nanoTime();

    private Deadline(Duration patience) {
        this.patience = patience;
    }

    static Deadline in(Duration patience) {
        return new Deadline(patience);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /**
     * Does nothing before it has passed.
     *
     * @throws StackException once it has
     */
    void check(String what) {
        if (elapsed().compareTo(patience) > 0) {
            throw new StackException(what + " within " + patience.toSeconds() + " seconds");
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting", e);
        }
    }
}
