package io.tenantry.settings;

/** How long a match may take: engines ask for each character they look at, and are refused it once it is over. */
final class Watch {
    private static final long NANOS = 25_000_000;

    /** So many are given whatever the time, as the machine may have been busy with something else. */
    private static final int FREE = 500;

    /** The clock is read once in so many. */
    private static final int EACH = 16;

    private final long start = System.nanoTime();
    private int given;

    CharSequence over(CharSequence text) {
        return new Watched(text);
    }

    private char next(CharSequence text, int index) {
        given++;
        if (given > FREE && given % EACH == 0 && System.nanoTime() - start > NANOS) {
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
