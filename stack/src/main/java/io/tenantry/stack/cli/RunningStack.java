package io.tenantry.stack.cli;

import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** A stack that ends with this process, Ctrl-C included. */
final class RunningStack implements AutoCloseable {
    private final Stack stack;

    private RunningStack(Stack stack) {
        this.stack = stack;
    }

    static RunningStack start(StackSettings settings) {
        Stack stack = settings.build();
        // Before anything is started: a Ctrl-C meanwhile must not leave processes behind
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
        stack.start();
        return new RunningStack(stack);
    }

    Stack stack() {
        return stack;
    }

    void printAddresses(PrintStream out) {
        String keycloak = stack.keycloak().baseUri().toString();
        out.println();
        out.println("Keycloak       " + keycloak);
        out.println("Admin console  " + keycloak + "/admin/  ("
                + stack.keycloak().admin().username() + " / "
                + stack.keycloak().admin().password() + ", for this machine only)");
        out.println("Health         " + stack.keycloak().managementUri() + "/health");
        out.println("Redis          " + stack.redis().uri());
    }

    /** Until Ctrl-C, which runs the shutdown hook. */
    static void await(PrintStream out) throws InterruptedException {
        out.println();
        out.println("Ctrl-C stops everything.");
        new CountDownLatch(1).await();
    }

    @Override
    public void close() {
        stack.close();
    }
}
