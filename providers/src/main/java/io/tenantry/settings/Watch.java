package io.tenantry.settings;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How long a match may take: engines ask for each character they look at, and are refused it once it is over. It is this
 * thread's work that counts, where the machine tells, and not what else the machine was busy with.
 */
final class Watch {
    private static final long NANOS = 25_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TELLS = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    /** So many are given whatever the time. */
    private static final int FREE = 500;

    /** The clock is read once in so many. */
    private static final int EACH = 16;

    private final long start = now();
    private int given;

    CharSequence over(CharSequence text) {
        return new Watched(text);
    }

    private static long now() {
        return TELLS ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private char next(CharSequence text, int index) {
        given++;
        if (given > FREE && given % EACH == 0 && now() - start > NANOS) {
            throw new TooSlowException();
        }
        return text.charAt(index);
    }

    /** It is over. */
    static final class TooSlowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooSlowException() {
            super("a match takes too long", null, false, false);
        }
    }

    private final class Watched implements CharSequence {
        private final CharSequence text;

        private Watched(CharSequence text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return next(text, index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end));
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
