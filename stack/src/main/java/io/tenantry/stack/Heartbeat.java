package io.tenantry.stack;

import java.time.Duration;

/** Says every fifteen seconds that a slow thing is still going on. */
final class Heartbeat {
    private static final Duration PERIOD = Duration.ofSeconds(15);

    private final Progress progress;
    private final String what;
    private Deadline last = Deadline.in(PERIOD);

    Heartbeat(Progress progress, String what) {
        this.progress = progress;
        this.what = what;
    }

    /** To be called as often as one likes. */
    void beat() {
        if (last.elapsed().compareTo(PERIOD) >= 0) {
            last = Deadline.in(PERIOD);
            progress.started(what);
        }
    }
}
