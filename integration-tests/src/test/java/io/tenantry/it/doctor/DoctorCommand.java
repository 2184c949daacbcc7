package io.tenantry.it.doctor;

import io.tenantry.it.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./doctor} as people call it.
 *
 * @param output what it printed, errors included
 */
public record DoctorCommand(int exitStatus, String output) {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** Runs it as the server's administrator. */
    public static DoctorCommand run(TestServer server, String realm, String... options) {
        return run(
                server,
                Map.of(
                        "DOCTOR_USERNAME", server.keycloak().admin().username(),
                        "DOCTOR_PASSWORD", server.keycloak().admin().password()),
                realm,
                options);
    }

    static DoctorCommand run(TestServer server, Map<String, String> environment, String realm, String... options) {
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("doctor").toString(), server.keycloak().baseUri().toString(), realm));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new DoctorCommand(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
