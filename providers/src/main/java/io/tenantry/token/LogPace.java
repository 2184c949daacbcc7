package io.tenantry.token;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets a thing be said about each subject once in a while: what holds for one token holds for thousands. */
final class LogPace {
    private static final int REMEMBERED = 1_000;

    private final Duration interval;
    private final Map<String, Instant> saidAt = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    LogPace(Duration interval) {
        this.interval = interval;
    }

    /** Whether it is time to speak of this subject; once it is, not again before the interval has passed. */
    synchronized boolean due(String subject, Instant now) {
        Instant last = saidAt.get(subject);
        if (last != null && now.isBefore(last.plus(interval))) {
            return false;
        }
        saidAt.put(subject, now);
        return true;
    }
}
