package io.tenantry.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends and signals processes that the stack started, and only those. */
final class Processes {
    private Processes() {}

    /** Asks it to end, waits, and kills it when it does not. */
    static void stop(Process process, Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL, to it and to what it started: the server's script would otherwise leave its Java running. */
    static void kill(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        all.forEach(handle -> handle.onExit().join());
    }

    /** Sends a signal that Java has no method for, such as STOP. */
    static void signal(Process process, String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new StackException("cannot send SIG" + signal + " to process " + process.pid());
            }
        } catch (IOException e) {
            throw new StackException("cannot send SIG" + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while sending SIG" + signal, e);
        }
    }
}
