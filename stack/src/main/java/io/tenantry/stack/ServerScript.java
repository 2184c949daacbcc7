package io.tenantry.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code bin/kc.sh} of one home, run by the Java that runs this. */
record ServerScript(Path home) {
    /** A system property with options for the server's Java. */
    private static final String JAVA_OPTIONS = "tenantry.stack.java-options";

    /** Starts it; what it prints is added to the log. */
    Process start(List<String> arguments, Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("kc.sh").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(executable(command));
        ServerEnvironment.apply(builder.environment(), System.getProperty("java.home"), environment);
        String options = System.getProperty(JAVA_OPTIONS);
        if (options != null) {
            builder.environment().putIfAbsent("JAVA_OPTS_APPEND", options);
        }
        return builder.directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Runs it to its end and returns the exit status. */
    int run(List<String> arguments, Map<String, String> environment, Path log, Heartbeat heartbeat) throws IOException {
        Process process = start(arguments, environment, log);
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                heartbeat.beat();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Processes.kill(process);
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while kc.sh ran", e);
        }
    }

    /** Through the shell, since unpacking a zip loses the execute bit. */
    private static List<String> executable(List<String> command) {
        List<String> shell = new ArrayList<>(command);
        shell.add(0, "/bin/sh");
        return shell;
    }
}
