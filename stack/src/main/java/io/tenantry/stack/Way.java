package io.tenantry.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the parts run. */
public enum Way {
    /** As processes on this machine, from what the build resolved; needs nothing but a JDK. */
    PROCESS,
    /** As containers; needs a Docker engine. */
    CONTAINER;

    /** The system property that chooses: {@code -Dstack=container}. */
    public static final String PROPERTY = "stack";

    /**
     * The one that {@value #PROPERTY} names, {@link #PROCESS} where it is not set.
     *
     * @throws StackException for any other word
     */
    public static Way configured() {
        String value = System.getProperty(PROPERTY, PROCESS.word());
        for (Way way : values()) {
            if (way.word().equals(value)) {
                return way;
            }
        }
        throw new StackException("-D" + PROPERTY + "=" + value + ": expected one of "
                + Arrays.stream(values()).map(Way::word).collect(Collectors.joining(", ")));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
