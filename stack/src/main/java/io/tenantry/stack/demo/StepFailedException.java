package io.tenantry.stack.demo;

/** A step of the walk that did not show what it must. */
public final class StepFailedException extends RuntimeException {
    StepFailedException(String message) {
        super(message);
    }
}
