package io.tenantry.stack;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Where the stack says what it is doing, so that nobody looks at a silent screen for half a minute. */
@FunctionalInterface
public interface Progress {
    /** A slow thing begins; one line, no full stop. */
    void started(String what);

    /** The thing that began last has ended well. */
    default void finished(String what, Duration took) {
        started(what + " (" + seconds(took) + ")");
    }

    /** Says nothing. */
    static Progress quiet() {
        return new Progress() {
            @Override
            public void started(String what) {}

            @Override
            public void finished(String what, Duration took) {}
        };
    }

    /** One line an event, with the seconds since this call in front. */
    static Progress to(PrintStream out, Clock clock) {
        Instant begin = clock.instant();
        return what -> out.printf("%7s  %s%n", seconds(Duration.between(begin, clock.instant())), what);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
