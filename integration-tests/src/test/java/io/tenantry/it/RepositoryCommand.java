package io.tenantry.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command at the root of this repository, as people call it.
 *
 * @param output what it printed, errors included
 */
public record RepositoryCommand(int exitStatus, String output) {
    /** The root. */
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** Runs it to its end, in the root. */
    public static RepositoryCommand run(Map<String, String> environment, String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve(name).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new RepositoryCommand(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
