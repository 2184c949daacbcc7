package io.tenantry.it.doctor;

import io.tenantry.it.RepositoryCommand;
import io.tenantry.it.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./doctor} as people call it.
 *
 * @param output what it printed, errors included
 */
public record DoctorCommand(int exitStatus, String output) {
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
        List<String> arguments =
                new ArrayList<>(List.of(server.keycloak().baseUri().toString(), realm));
        arguments.addAll(List.of(options));
        RepositoryCommand run = RepositoryCommand.run(environment, "doctor", arguments.toArray(String[]::new));
        return new DoctorCommand(run.exitStatus(), run.output());
    }
}
