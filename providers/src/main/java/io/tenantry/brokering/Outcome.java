package io.tenantry.brokering;

import java.util.function.Supplier;

/** What the rules say of a sign-in. */
public sealed interface Outcome {
    /** No rule is broken. */
    record Accepted() implements Outcome {}

    /**
     * A rule is broken.
     *
     * @param rule the first one
     */
    record Rejected(Rule rule) implements Outcome {}

    /** The outcome that lets the user in. */
    static Outcome accepted() {
        return new Accepted();
    }

    /** Rejects unless something holds. */
    static Outcome require(boolean holds, Rule rule) {
        return holds ? accepted() : new Rejected(rule);
    }

    /** This outcome if it rejects, else the next one, which is not computed before. */
    default Outcome and(Supplier<Outcome> next) {
        return this instanceof Accepted ? next.get() : this;
    }
}
