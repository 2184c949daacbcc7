package io.tenantry.stack.demo;

import java.io.PrintStream;
import java.util.Map;

/** Prints the walk: numbered steps, what was sent, what came back, what was checked. */
final class Narrator {
    private final PrintStream out;
    private int step;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        step++;
        out.printf("%n%d. %s%n", step, title);
    }

    void did(String what) {
        out.println("   → " + what);
    }

    void came(String what) {
        out.println("   ← " + what);
    }

    /** Claims or fields, one a line. */
    void shown(Map<String, ?> fields) {
        fields.forEach((name, value) -> out.printf("       %-13s %s%n", name, value));
    }

    /**
     * States something that must hold.
     *
     * @throws StepFailedException if it does not
     */
    void check(boolean holds, String what) {
        if (!holds) {
            throw new StepFailedException("step " + step + ": this must hold and does not: " + what);
        }
        out.println("   ✓ " + what);
    }
}
