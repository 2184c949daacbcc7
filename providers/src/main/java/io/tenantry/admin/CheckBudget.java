package io.tenantry.admin;

import io.tenantry.time.ServerClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many passwords one caller may still have checked on this node in the current minute. A check tells whether a
 * password was used before, and costs a hash for each that was.
 */
final class CheckBudget {
    static final int PER_MINUTE = 60;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int CALLERS = 10_000;

    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > CALLERS;
        }
    };

    CheckBudget(Clock clock) {
        this.clock = clock;
    }

    static CheckBudget ofServer() {
        return new CheckBudget(ServerClock.INSTANCE);
    }

    private record Window(Instant start, int used) {}

    /** Takes one from the caller's budget, if there is one left. */
    synchronized boolean take(String caller) {
        Instant now = clock.instant();
        Window window = windows.get(caller);
        if (window == null || !now.isBefore(window.start().plus(WINDOW))) {
            window = new Window(now, 0);
        }
        if (window.used() >= PER_MINUTE) {
            return false;
        }
        windows.put(caller, new Window(window.start(), window.used() + 1));
        return true;
    }
}
