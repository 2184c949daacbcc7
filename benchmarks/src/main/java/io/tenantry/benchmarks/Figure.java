package io.tenantry.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One line of the table.
 *
 * @param detail the spread, or how it came about
 */
record Figure(String what, double value, String shown, String detail, Target target) {
    /** The median of what each round says. */
    static Figure ofRounds(String what, List<Round> rounds, ToDoubleFunction<Round> ratio, Target target) {
        Spread spread = Spread.of(rounds.stream().mapToDouble(ratio).boxed().toList());
        return new Figure(
                what, spread.median(), String.format(Locale.ROOT, "%.3f", spread.median()), spread.toString(), target);
    }

    boolean met() {
        return target.metBy(value);
    }

    String verdict() {
        return switch (target.kind()) {
            case NONE -> "";
            default -> met() ? "met" : "MISSED";
        };
    }
}
