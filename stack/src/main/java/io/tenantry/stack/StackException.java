package io.tenantry.stack;

import org.jspecify.annotations.Nullable;

/** A part of the stack that could not do what it was told; the message is for people, with the remedy where one is known. */
public final class StackException extends RuntimeException {
    /** With a message that says it all. */
    public StackException(String message) {
        super(message);
    }

    /** With the exception behind it. */
    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
