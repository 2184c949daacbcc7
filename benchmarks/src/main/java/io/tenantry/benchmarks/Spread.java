package io.tenantry.benchmarks;

import java.util.Collection;
import java.util.Locale;

/**
 * The median of some values and how far they scatter.
 *
 * @param lower the lower quartile
 * @param upper the upper quartile
 * @param from where the 95 % confidence interval of the median begins
 * @param to where it ends
 */
record Spread(double median, double lower, double upper, double from, double to, int count) {
    private static final double NORMAL_95 = 1.96;

    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values have no median");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int count = sorted.length;
        // By order statistics: it asks nothing of how the values are distributed
        double half = NORMAL_95 * Math.sqrt(count) / 2;
        int first = Math.max(0, (int) Math.floor(count / 2.0 - half) - 1);
        int last = Math.min(count - 1, (int) Math.ceil(count / 2.0 + half));
        return new Spread(
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                sorted[first],
                sorted[last],
                count);
    }

    /** Between the two neighbours, in proportion. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "95 %% CI %.3f–%.3f, quartiles %.3f–%.3f, n = %d", from, to, lower, upper, count);
    }
}
