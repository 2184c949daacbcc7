package io.tenantry.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Closes things in the reverse order, each one even if another fails. */
final class Closing {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    /**
     * Closes each once.
     *
     * @throws StackException for the first failure, the others suppressed
     */
    synchronized void closeAll() {
        @Nullable StackException failure = null;
        while (!things.isEmpty()) {
            AutoCloseable thing = things.pop();
            try {
                thing.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = join(failure, e);
            } catch (Exception e) {
                failure = join(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static StackException join(@Nullable StackException first, Exception next) {
        if (first == null) {
            return new StackException("could not stop everything: " + next.getMessage(), next);
        }
        first.addSuppressed(next);
        return first;
    }
}
