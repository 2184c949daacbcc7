package io.tenantry.benchmarks;

import java.util.Locale;

/** What a figure has to reach; {@link #NONE} for one that is only shown beside another. */
record Target(Kind kind, double bound) {
    static final Target NONE = new Target(Kind.NONE, 0);

    enum Kind {
        AT_LEAST,
        AT_MOST,
        BELOW,
        NONE
    }

    static Target atLeast(double bound) {
        return new Target(Kind.AT_LEAST, bound);
    }

    static Target atMost(double bound) {
        return new Target(Kind.AT_MOST, bound);
    }

    static Target below(double bound) {
        return new Target(Kind.BELOW, bound);
    }

    boolean metBy(double value) {
        return switch (kind) {
            case AT_LEAST -> value >= bound;
            case AT_MOST -> value <= bound;
            case BELOW -> value < bound;
            case NONE -> true;
        };
    }

    @Override
    public String toString() {
        String number = bound == Math.rint(bound)
                ? String.format(Locale.ROOT, "%.0f", bound)
                : String.format(Locale.ROOT, "%.2f", bound);
        return switch (kind) {
            case AT_LEAST -> "≥ " + number;
            case AT_MOST -> "≤ " + number;
            case BELOW -> "< " + number;
            case NONE -> "–";
        };
    }
}
