package io.tenantry.it;

/**
 * Whether a build takes the hours that the whole of what is repeated takes, by the profile {@code exhaustive}. What is
 * tested is the same without it, but less often.
 */
public final class Exhaustive {
    private static final boolean ASKED_FOR = Boolean.getBoolean("tenantry.exhaustive");

    private Exhaustive() {}

    /** One of two numbers of repetitions. */
    public static int of(int all, int few) {
        return ASKED_FOR ? all : few;
    }
}
